export const journeyRoutes = [] as const;
