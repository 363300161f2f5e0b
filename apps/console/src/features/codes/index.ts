export const codeRoutes = [] as const;
