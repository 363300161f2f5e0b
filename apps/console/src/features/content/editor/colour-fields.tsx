import { ColorInput, Fieldset, SimpleGrid } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Colours } from '../document/types.ts';
import { useEditor } from './editor-context.ts';
import { errorOf, isAt, Warnings } from './findings.tsx';

const NAMES = ['background', 'text', 'accent', 'onAccent'] as const;

interface Props {
  /** Where they stand in the document, such as `theme.light`. */
  readonly at: string;
  /** Tells them from others of the document. */
  readonly legend: string;
  readonly value: Colours;
  readonly onChange: (colours: Colours, about: string) => void;
}

/** Colours, with what there is to say of their contrast. */
export function ColourFields({ at, legend, value, onChange }: Props) {
  const { t } = useTranslation('content');
  const { findings } = useEditor();
  return (
    <Fieldset
      variant="unstyled"
      legend={legend}
      p={0}
      styles={{ legend: { fontSize: 13, fontWeight: 600, marginBottom: 4 } }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {NAMES.map((name) => {
          const said = findings.filter(isAt(`${at}.${name}`));
          return (
            <div key={name}>
              <Colour
                label={t(`colours.${name}`)}
                value={value[name]}
                error={errorOf(said)}
                onChange={(colour) => onChange({ ...value, [name]: colour }, `${at}.${name}`)}
              />
              <Warnings of={said} />
            </div>
          );
        })}
      </SimpleGrid>
    </Fieldset>
  );
}

interface ColourProps {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (colour: string) => void;
}

/** One colour; what is typed counts once it is one. */
function Colour({ value, onChange, ...input }: ColourProps) {
  const { mayEdit } = useEditor();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <ColorInput
      {...input}
      format="hex"
      disabled={!mayEdit}
      withEyeDropper={false}
      value={text}
      onChange={(typed) => {
        setText(typed);
        const colour = typed.toLowerCase();
        if (/^#[0-9a-f]{6}$/.test(colour) && colour !== value) onChange(colour);
      }}
    />
  );
}
