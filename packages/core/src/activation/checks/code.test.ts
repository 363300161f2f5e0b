import { codeCase, enteredFrom, failed, instant, iso, passed, testCheck } from '../testing/check-table.ts';
import { attemptOf, NOW } from '../testing/world.ts';

const MINUTE = 60_000;

testCheck('rate_limit', {
  'nobody is locked out': { gives: passed('rate_limit') },
  'the player is': {
    lockouts: new Map([['ann', NOW + MINUTE]]),
    gives: failed('rate_limit', 'rate_limited', instant.now, iso(NOW + MINUTE)),
  },
  'the address is': {
    lockouts: new Map([['192.0.2.1', NOW + 1]]),
    ...enteredFrom({ ip: '192.0.2.1' }),
    gives: failed('rate_limit', 'rate_limited', instant.now, instant.next),
  },
  'both are, the later one counts': {
    lockouts: new Map([
      ['192.0.2.1', NOW + 1],
      ['ann', NOW + MINUTE],
    ]),
    ...enteredFrom({ ip: '192.0.2.1' }),
    gives: failed('rate_limit', 'rate_limited', instant.now, iso(NOW + MINUTE)),
  },
  'another player and another address are': {
    lockouts: new Map([
      ['bob', NOW + 1],
      ['192.0.2.2', NOW + 1],
    ]),
    ...enteredFrom({ ip: '192.0.2.1' }),
    gives: passed('rate_limit'),
  },
  'the lock-out ends this millisecond': {
    lockouts: new Map([['ann', NOW]]),
    gives: passed('rate_limit'),
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
