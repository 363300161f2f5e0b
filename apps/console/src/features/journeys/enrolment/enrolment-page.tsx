export const EnrolmentPage = () => null;
