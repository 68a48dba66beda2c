# The server, the worker and the command line in one image; the databases are elsewhere (PLATFORM_DATABASE_URL, DATABASE_URL).
#
#   docker build --build-arg VERSION=0.1.0 --build-arg REVISION="$(git rev-parse HEAD)" -t mvp-platform-vehicles:0.1.0 .
#
# The base is named by its whole version, the one that package.json has for npm start, so that a build of next year starts
# from the same Node. A tag can still be moved: a registry of your own pins the digest it has checked (--build-arg BASE=…@sha256:…).
ARG BASE=node:24.21.0-bookworm-slim

FROM ${BASE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Without the optional packages: they are the embedded PostgreSQL, which a container with database URLs never starts.
# Without install scripts: the one that is left would fetch a Node of its own, and the image has one.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund
RUN rm -rf node_modules/node node_modules/.bin node_modules/.package-lock.json \
    && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM ${BASE}
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="mvp-platform-vehicles" \
    org.opencontainers.image.description="NHTSA's vPIC data in PostgreSQL: VIN decoding and vehicle dropdowns, with a calibrated confidence." \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.licenses="UNLICENSED" \
    org.opencontainers.image.base.name="docker.io/library/node:24.21.0-bookworm-slim"
# WORKER=off: a container is one process; the worker is the same image with another command.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3001 DATA_DIR=/data WORKER=off
WORKDIR /app
# The only folder that is written to: downloads of a worker. The root file system may be mounted read-only.
RUN mkdir /data && chown 1000:1000 /data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY migrations migrations
COPY functions functions
COPY sql sql
COPY etl etl
COPY server server
# A number: Kubernetes cannot tell of a name that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3001
# Live, not ready: some orchestrators kill what is unhealthy, and a server whose database is away still answers from its cache.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: signals reach the process that ends cleanly on them.
STOPSIGNAL SIGTERM
CMD ["node", "server/main.ts"]
