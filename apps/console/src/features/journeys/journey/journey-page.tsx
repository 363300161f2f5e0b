export const JourneyPage = () => null;
