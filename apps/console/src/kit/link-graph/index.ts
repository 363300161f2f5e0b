export { PlayerLinks } from './player-links.tsx';
