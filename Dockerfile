FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/core/package.json packages/core/
COPY packages/contract/package.json packages/contract/
COPY packages/client/package.json packages/client/
COPY apps/server/package.json apps/server/
COPY apps/casino/package.json apps/casino/
RUN npm install --omit=dev --no-save --no-audit --no-fund

FROM node:24-slim AS widget
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/core/package.json packages/core/
COPY packages/contract/package.json packages/contract/
COPY apps/widget apps/widget
RUN npm install --workspace apps/widget --no-save --no-audit --no-fund && node apps/widget/build/main.ts

FROM node:24-slim AS console
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
COPY apps/console apps/console
RUN npm install --workspace apps/console --no-save --no-audit --no-fund && node apps/console/build/main.ts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data NODE_COMPILE_CACHE=/tmp/compiled
WORKDIR /app
COPY --from=dependencies /app ./
COPY packages packages
COPY apps apps
COPY --from=widget /app/apps/widget/dist apps/widget/dist
COPY --from=console /app/apps/console/dist apps/console/dist
RUN mkdir /data && chown node:node /data
USER node
# secret.key when SECRET_KEY is not set, and the embedded PostgreSQL when DATABASE_URL is not set.
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "apps/server/src/main.ts"]
CMD ["start"]
