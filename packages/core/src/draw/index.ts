/** Prize draws that anybody can check afterwards. */
export { commitmentOf, DRAW_METHOD, entriesText, sha256Of } from './digests.ts';
export { pickPositions } from './pick.ts';
export { type DrawProof, type DrawVerdict, verifyDraw } from './verify.ts';
