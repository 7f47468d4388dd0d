# syntax=docker/dockerfile:1
# One image for migrate, api and worker: the command says which.

FROM node:24-bookworm-slim AS web
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node node_modules/vite/bin/vite.js build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 METRICS_PORT=9464 DATA_DIR=/var/lib/throughline
# Also what volumes are mounted on below it: a new volume takes its owner from the folder of the image.
RUN install -d -o node -g node /var/lib/throughline /var/lib/throughline/files
COPY --from=packages /app/node_modules node_modules
COPY --from=web /app/web/build web/build
COPY package.json LICENSE ./
COPY bin bin
COPY domain domain
COPY db db
COPY activities activities
COPY workflows workflows
COPY api api
USER node
EXPOSE 3000 9464
VOLUME /var/lib/throughline
# Both programs answer here; compose asks each at its own port.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "bin/healthy.mjs"]
STOPSIGNAL SIGTERM
CMD ["node", "api/main.ts"]
