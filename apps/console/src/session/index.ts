export { Entrance } from './entrance.tsx';
export { FrontPage } from './front-page.tsx';
export { type Brand, type Member, type Session, useCurrencyOf, useMay, useMember } from './member.tsx';
