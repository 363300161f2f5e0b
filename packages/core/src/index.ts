export { type FieldError, ok, type Refusal, type Result, refuse } from './result.ts';
