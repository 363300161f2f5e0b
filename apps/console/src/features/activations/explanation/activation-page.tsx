export const ActivationPage = () => null;
