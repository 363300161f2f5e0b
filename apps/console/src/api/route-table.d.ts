declare module 'virtual:route-table' {
  import type { Permission } from '@promosmith/contract';
  import type { Routes } from '@promosmith/contract/routes';

  const table: Readonly<
    Record<
      keyof Routes,
      {
        readonly method: string;
        readonly path: string;
        readonly bodyType: string;
        /** Null for an open route. */
        readonly permission: Permission | null;
      }
    >
  >;
  export default table;
}
