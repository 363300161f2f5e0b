export const messageRoutes = [] as const;
