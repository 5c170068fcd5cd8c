import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useSettings } from '../shared/data/settings.ts';

/** Holds Mantine's colour scheme to the chosen one. */
export function ThemeSwitch(): null {
  const theme = useSettings((settings) => settings.theme);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(theme), [theme, setColorScheme]);
  return null;
}
