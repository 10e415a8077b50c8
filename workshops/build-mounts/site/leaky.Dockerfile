FROM node:18-alpine AS builder
ARG NPM_TOKEN
WORKDIR /site
COPY install.js build.js ./
RUN node install.js
RUN node build.js

FROM node:18-alpine AS final
WORKDIR /site
COPY server.js ./
COPY --from=builder /site/public ./public
CMD ["node", "server.js"]
