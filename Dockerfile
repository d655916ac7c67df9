# syntax=docker/dockerfile:1
# The full image has a compiler for packages that come without a binary for this platform; the slim one runs.
FROM node:26-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build:dashboard && npm prune --omit=dev --no-audit --no-fund

FROM node:26-bookworm-slim
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dashboard/dist dashboard/dist
COPY --from=build /app/server server
RUN install -d -o node -g node -m 700 /data

ENV NODE_ENV=production \
    LATCHKEY_HOST=0.0.0.0 \
    LATCHKEY_DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000 3443
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.LATCHKEY_HTTP_PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# Everything is in place, so the launcher of a checkout is not needed: `docker run … latchkey COMMAND`.
ENTRYPOINT ["node", "--max-semi-space-size=16", "--expose-gc", "server/cli.ts"]
CMD ["start"]
