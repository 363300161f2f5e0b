export const BatchPage = () => null;
