declare module 'virtual:route-table' {
  import type { Routes } from '@promosmith/contract/routes';

  const table: Readonly<
    Record<
      keyof Routes,
      {
        readonly method: string;
        readonly path: string;
        /** JSON when left out. */
        readonly bodyType?: string;
      }
    >
  >;
  export default table;
}
