export * from './common.ts';
export { PERMISSIONS, type Permission, ROLES, type Role, roleMay } from './permissions.ts';
export {
  type Access,
  defineRoute,
  type Route,
  type RouteCall,
  type RouteInput,
  type RouteOutput,
} from './route.ts';
