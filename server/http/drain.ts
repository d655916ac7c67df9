/**
 * Ending a server whose clients keep their connections open for the next request: each goes as soon as its request is
 * answered. Closing alone would wait for the client, a minute for one that is busy, and for what never asks anything.
 */
import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';

/** How often connections that have become idle are looked for. */
const SWEEP = 50;
/** What is not answered by then is cut off: supervisors kill after 10 seconds (Docker) or 30 (Kubernetes). */
const GRACE = 8000;

/**
 * Takes no more connections, and resolves when those that there are have ended.
 * @param grace how long requests that run may take, in milliseconds
 */
export function drain(server: Server | TlsServer, grace = GRACE): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  const end = setTimeout(() => server.closeAllConnections(), grace);
  return new Promise((resolve) => {
    // What was not listening has no connections, and says so by an error.
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(end);
      resolve();
    });
  });
}
