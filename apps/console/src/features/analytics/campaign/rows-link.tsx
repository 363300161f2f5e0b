import type { DrilledFigure, PerformanceDimension } from '@promosmith/contract';
import { createContext, type ReactNode, use } from 'react';
import { TextLink } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

/** Which report the numbers on a page are of. */
interface Reported {
  readonly campaignId: string;
  readonly from: string;
  readonly to: string;
  /** Money was converted: no rows add up to it. */
  readonly isConverted: boolean;
}

export const ReportedContext = createContext<Reported | undefined>(undefined);

interface Props {
  readonly figure: DrilledFigure;
  readonly currency?: string;
  /** The key of a refusal. */
  readonly detail?: string;
  readonly of?: {
    readonly by: PerformanceDimension;
    readonly kind: 'value' | 'none' | 'others';
    readonly value: string | null;
  };
  readonly children: ReactNode;
}

/** A number that leads to the rows behind it, for those who may see them. */
export function RowsLink({ figure, currency, detail, of, children }: Props) {
  const may = useMay('activations:read');
  const reported = use(ReportedContext);
  if (!may || !reported || (reported.isConverted && currency !== undefined)) return children;
  const { campaignId, from, to } = reported;
  const part =
    of === undefined
      ? {}
      : { by: of.by, ...(of.kind === 'value' ? { value: of.value ?? '' } : { only: of.kind }) };
  return (
    <TextLink
      to={{
        to: '/performance/$campaignId/rows',
        params: { campaignId },
        search: {
          ...{ from, to, measure: figure },
          ...(currency !== undefined && { currency }),
          ...(detail !== undefined && { detail }),
          ...part,
        },
      }}
    >
      {children}
    </TextLink>
  );
}
