import type { JourneyEnrolment } from '@promosmith/contract';
import type { EnrolmentEnd } from '@promosmith/core/journey';

/** An enrolment as lists need it. */
export interface EnrolmentRow {
  playerId: string;
  enrolmentId: string;
  brandId: string;
  journeyId: string;
  version: number;
  player: string;
  isTest: boolean;
  status: JourneyEnrolment['status'];
  nodeId: string;
  seq: number;
  enteredAt: Date;
  visitBegan: Date;
  waitingFor: JourneyEnrolment['waitingFor'];
  wakeAt: Date | null;
  convertedAt: Date | null;
  ended: EnrolmentEnd | null;
}

/** Columns of `journey_enrolments e` under their names in a row. */
export const ENROLMENT = `e.player_id as "playerId", e.enrolment_id as "enrolmentId", e.brand_id as "brandId",
  e.journey_id as "journeyId", e.version, e.player_external_id as player, e.is_test as "isTest", e.status,
  e.node_id as "nodeId", e.seq, e.entered_at as "enteredAt", e.visit_began as "visitBegan",
  e.waiting_for as "waitingFor", e.wake_at as "wakeAt", e.converted_at as "convertedAt", e.ended`;

export const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The enrolment as the API shows it. */
export const enrolmentView = ({ ended, ...row }: EnrolmentRow): JourneyEnrolment => ({
  id: row.enrolmentId,
  journeyId: row.journeyId,
  version: row.version,
  player: row.player,
  isTest: row.isTest,
  status: row.status,
  enteredAt: row.enteredAt.toISOString(),
  nodeId: row.nodeId,
  seq: row.seq,
  visitBegan: row.visitBegan.toISOString(),
  waitingFor: row.waitingFor,
  wakeAt: iso(row.wakeAt),
  convertedAt: iso(row.convertedAt),
  ended: ended && { ...ended, at: new Date(ended.at).toISOString() },
});
