FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Relief Ledger" \
      org.opencontainers.image.description="A ledger of relief goods: who gave what, where it is, and who received it" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production \
    RELIEF_DATA=/data \
    RELIEF_HOST=0.0.0.0 \
    RELIEF_PORT=3000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/bin ./bin
COPY --from=build /app/data ./data
COPY --from=build /app/dist ./dist
# Written at run time: /data, /tmp (SQLite sorts there) and, when nodes share them, /attachments. The rest may be read-only.
RUN mkdir /data /attachments && chown node:node /data /attachments
USER node
VOLUME /data
EXPOSE 3000
# Alive, not ready: whoever acts on this check replaces the container, and a node that rebuilds its reports must be left alone.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.RELIEF_PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=16", "--v8-pool-size=0", "--page-promotion-threshold=20", "bin/relief.mjs"]
CMD ["serve"]
