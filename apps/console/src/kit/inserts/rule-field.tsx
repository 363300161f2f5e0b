import { useTranslation } from 'react-i18next';
import { type Known, usePlayerFacts } from './facts.ts';
import { TextWithInsert } from './text-with-insert.tsx';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (rule: string) => void;
  /** What the event carries that the rule is asked about. */
  readonly eventFields?: readonly Known[];
  readonly required?: boolean;
}

/** A rule in CEL. The server looks at it as it is typed; what it says stands below. */
export function RuleField({ eventFields = [], ...props }: Props) {
  const { t } = useTranslation();
  const facts = usePlayerFacts();
  return (
    <TextWithInsert
      {...props}
      rows={2}
      placeholder={eventFields.length > 0 ? 'event.amount >= 2000' : 'player.country == "DE"'}
      groups={[
        { name: t('insert.ofEvent'), items: eventFields },
        { name: t('insert.ofPlayer'), items: facts },
      ]}
      insertLabel={t('insert.fact')}
    />
  );
}
