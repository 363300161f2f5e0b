/** What jurisdictions ask of offers: dated rules with their sources, and the places where an offer does not keep them. */
export { breachesOf, forbiddenBy, inForce, jurisdictionsOf } from './breaches.ts';
export { POLICY_PACKS } from './packs/index.ts';
export { type Review, reviewOffer, type Setting } from './review.ts';
export {
  type Breach,
  JURISDICTIONS,
  type Jurisdiction,
  type Offer,
  type OfferReward,
  type PolicyPack,
  type PolicyRule,
  PRODUCTS,
  type Product,
  type Requirement,
  type WageringTerms,
} from './types.ts';
