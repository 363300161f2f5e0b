export const CodesPage = () => null;
