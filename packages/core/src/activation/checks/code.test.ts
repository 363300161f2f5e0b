import { codeCase, failed, instant, iso, passed, testCheck } from '../testing/check-table.ts';
import { attemptOf, guesser, guessesOf, NOW } from '../testing/world.ts';

const MINUTE = 60_000;

const withNetwork = { attempt: attemptOf({ guessers: [guesser('ann'), guesser('network', 20)] }) };
const guesses = (of: Parameters<typeof guessesOf>[0]) => ({ guesses: guessesOf(of) });

testCheck('rate_limit', {
  'nobody guessed': { gives: passed('rate_limit') },
  'nobody is counted': {
    ...guesses({ ann: { misses: 5, lockedUntil: NOW + 1 } }),
    attempt: attemptOf({ guessers: [] }),
    gives: passed('rate_limit'),
  },
  'the player is locked out': {
    ...guesses({ ann: { lockedUntil: NOW + MINUTE } }),
    gives: failed('rate_limit', 'rate_limited', instant.now, iso(NOW + MINUTE)),
  },
  'the address is': {
    ...guesses({ network: { lockedUntil: NOW + 1 } }),
    ...withNetwork,
    gives: failed('rate_limit', 'rate_limited', instant.now, instant.next),
  },
  'both are, the later one counts': {
    ...guesses({ network: { lockedUntil: NOW + 1 }, ann: { lockedUntil: NOW + MINUTE } }),
    ...withNetwork,
    gives: failed('rate_limit', 'rate_limited', instant.now, iso(NOW + MINUTE)),
  },
  'another player and another address are': {
    ...guesses({ bob: { lockedUntil: NOW + 1 }, elsewhere: { lockedUntil: NOW + 1 } }),
    ...withNetwork,
    gives: passed('rate_limit'),
  },
  'the lock-out ends this millisecond': {
    ...guesses({ ann: { lockedUntil: NOW } }),
    gives: passed('rate_limit'),
  },
  'one guess is left to each': {
    ...guesses({ ann: { misses: 4 }, network: { misses: 19 } }),
    ...withNetwork,
    gives: passed('rate_limit'),
  },
  'none is left to the player': {
    ...guesses({ ann: { misses: 5 }, network: { misses: 19 } }),
    ...withNetwork,
    gives: failed('rate_limit', 'rate_limited', 5, 'below 5'),
  },
  'none is left to the address': {
    ...guesses({ ann: { misses: 4 }, network: { misses: 20 } }),
    ...withNetwork,
    gives: failed('rate_limit', 'rate_limited', 20, 'below 20'),
  },
  'a lock-out in force says more than the guesses': {
    ...guesses({ ann: { misses: 5, lockedUntil: NOW + 1 } }),
    gives: failed('rate_limit', 'rate_limited', instant.now, instant.next),
  },
});

testCheck('code.known', {
  known: { gives: passed('code.known') },
  'no such code': { codes: [], gives: { check: 'code.known', ok: false, key: 'code_not_found' } },
  'a text that cannot be a code': {
    attempt: attemptOf({ codeKeys: [] }),
    gives: { check: 'code.known', ok: false, key: 'code_not_found' },
  },
  'its campaign is gone': {
    campaigns: [],
    gives: { check: 'code.known', ok: false, key: 'code_not_found' },
  },
});

testCheck('code.state', {
  active: { gives: passed('code.state', 'active') },
  generated: codeCase(
    { state: 'generated' },
    failed('code.state', 'code_not_active_yet', 'generated', 'active'),
  ),
  expired: codeCase({ state: 'expired' }, failed('code.state', 'code_expired', 'expired', 'active')),
  disabled: codeCase({ state: 'disabled' }, failed('code.state', 'code_disabled', 'disabled', 'active')),
});

testCheck('code.starts_at', {
  'no start': { gives: undefined },
  'starts this millisecond': codeCase({ startsAt: NOW }, passed('code.starts_at', instant.now)),
  'starts in the next': codeCase(
    { startsAt: NOW + 1 },
    failed('code.starts_at', 'code_not_active_yet', instant.now, instant.next),
  ),
});

testCheck('code.ends_at', {
  'no end': { gives: undefined },
  'ends in the next millisecond': codeCase({ endsAt: NOW + 1 }, passed('code.ends_at', instant.now)),
  'ends in this one': codeCase(
    { endsAt: NOW },
    failed('code.ends_at', 'code_expired', instant.now, instant.now),
  ),
});
