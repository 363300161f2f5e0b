import { Anchor } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Nothing } from './values.tsx';

/** The way to the page of something that is named in passing. */
export const TextLink = ({ to, children }: { to: LinkProps; children: ReactNode }) => (
  <Anchor
    component={Link}
    {...(to as object)}
    inherit
    c="inherit"
    underline="always"
    style={{
      textDecorationColor: 'color-mix(in srgb, currentColor 35%, transparent)',
      textUnderlineOffset: 3,
    }}
  >
    {children}
  </Anchor>
);

/** Enough of an id to tell it from its neighbours: the end, for the beginning is the time. */
export const shortId = (id: string): string => `…${id.slice(-8)}`;

/** @param id the platform's own. */
export const PlayerLink = ({ id }: { id: string }) => (
  <TextLink to={{ to: '/players/$externalId', params: { externalId: id } }}>{id}</TextLink>
);

interface Props {
  readonly id: string | null | undefined;
  /** Its id when left out. */
  readonly children?: ReactNode;
}

export const BonusLink = ({ id, children }: Props) =>
  id ? (
    <TextLink to={{ to: '/bonuses/$grantId', params: { grantId: id } }}>{children ?? shortId(id)}</TextLink>
  ) : (
    <Nothing />
  );

export const ActivationLink = ({ id, children }: Props) =>
  id ? (
    <TextLink to={{ to: '/activations/$activationId', params: { activationId: id } }}>
      {children ?? shortId(id)}
    </TextLink>
  ) : (
    <Nothing />
  );
