export const ActivationsPage = () => null;
