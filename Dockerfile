# syntax=docker/dockerfile:1
# One image, two processes: `node dist/api/main.js` (the default) and `node dist/worker/main.js`.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:24-slim
# The Temporal worker checks the server's certificate against the system's (Temporal Cloud).
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
    ATTENDANT_HOST=0.0.0.0 \
    ATTENDANT_DATA_DIR=/tmp/attendant \
    ATTENDANT_FILES_DIR=/data/files \
    ATTENDANT_WORKFLOW_BUNDLE=/app/dist/workflow-bundle.js
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY cli/attendant.mjs ./cli/attendant.mjs
# A volume that is mounted here takes its owner over.
RUN mkdir -p /data/files && chown node:node /data/files
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "dist/api/main.js"]
