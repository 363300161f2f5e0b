export { codeKey } from './code-key.ts';
export { type CodeTake, loadCodes, moveOnCodes, takeFromCodes } from './use.ts';
