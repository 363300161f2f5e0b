export const staffRoutes = [] as const;
