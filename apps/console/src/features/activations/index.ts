export const activationRoutes = [] as const;
