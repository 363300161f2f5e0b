import { UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { STEPS, type Step } from './draft/steps.ts';
import classes from './editor.module.css';

interface Props {
  readonly step: Step;
  /** Steps that were left with something wrong. */
  readonly wrong: ReadonlySet<Step>;
  /** Steps that were looked at. */
  readonly seen: ReadonlySet<Step>;
  readonly onStep: (step: Step) => void;
}

/** The steps, with what is done and what is wrong. */
export function StepList({ step, wrong, seen, onStep }: Props) {
  const { t } = useTranslation('campaigns');
  const list = useRef<HTMLElement>(null);
  // A phone shows a few of them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is another place in the list
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current=step]');
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - list.current.offsetLeft;
  }, [step]);
  return (
    <nav ref={list} aria-label={t('editor.steps')} className={classes.steps}>
      {STEPS.map((one, at) => {
        const isWrong = seen.has(one) && wrong.has(one);
        const isDone = seen.has(one) && !isWrong && one !== step;
        return (
          <UnstyledButton
            key={one}
            className={classes.step}
            aria-current={one === step ? 'step' : undefined}
            onClick={() => onStep(one)}
          >
            <span className={classes.mark} data-wrong={isWrong || undefined} data-done={isDone || undefined}>
              {isWrong ? (
                <IconAlertCircle size={14} aria-label={t('editor.wrong')} />
              ) : isDone ? (
                <IconCheck size={13} aria-label={t('editor.done')} />
              ) : (
                at + 1
              )}
            </span>
            {t(`steps.${one}`)}
          </UnstyledButton>
        );
      })}
    </nav>
  );
}
