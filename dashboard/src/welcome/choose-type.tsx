import { SimpleGrid, Stack, Text, ThemeIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CLIENT_TYPES } from '../clients/types.tsx';
import { StepPage } from './step-page.tsx';
import classes from './welcome.module.css';

/** The first step: one card for each type of client, which leads on at once. */
export function ChooseType() {
  return (
    <StepPage
      step={1}
      title="What are you building?"
      description="Latchkey is ready. A client stands for your application; make the first one and try its login. It takes a minute."
    >
      <SimpleGrid component="ul" cols={{ base: 1, md: 2 }} spacing="md" className={classes.cards}>
        {CLIENT_TYPES.map(({ value, label, explanation, sdks, Icon }) => (
          <li key={value}>
            <Link to="/welcome" search={{ type: value }} className={classes.card}>
              <ThemeIcon variant="light" size={44} radius="md" aria-hidden>
                <Icon size={24} stroke={1.6} />
              </ThemeIcon>
              <Stack gap={4} component="span">
                <Text span fw={620} size="lg">
                  {label}
                </Text>
                <Text span c="dimmed">
                  {explanation}
                </Text>
                <Text span size="sm" c="dimmed">
                  {sdks.map(({ name }) => name).join(', ')}&nbsp;…
                </Text>
              </Stack>
            </Link>
          </li>
        ))}
      </SimpleGrid>
    </StepPage>
  );
}
