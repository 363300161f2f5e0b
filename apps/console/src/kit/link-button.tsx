import { Button, type ButtonProps, Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, forwardRef } from 'react';

type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;
type ItemProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof MenuItemProps>;

/** A button that leads to a page: a real link, typed by the router. */
export const LinkButton = createLink(
  forwardRef<HTMLAnchorElement, ButtonProps & AnchorProps>(function LinkButton(props, ref) {
    return <Button ref={ref} component="a" {...props} />;
  }),
);

/** An entry of a menu that leads to a page. */
export const LinkMenuItem = createLink(
  forwardRef<HTMLAnchorElement, MenuItemProps & ItemProps>(function LinkMenuItem(props, ref) {
    return <Menu.Item ref={ref} component="a" {...props} />;
  }),
);
