FROM node:18-alpine AS builder
WORKDIR /site
COPY install.js build.js ./
RUN --mount=type=secret,id=npmrc,target=/site/.npmrc,required=true \
    node install.js
RUN node build.js

FROM node:18-alpine AS final
WORKDIR /site
COPY server.js ./
COPY --from=builder /site/public ./public
EXPOSE 3000
CMD ["node", "server.js"]
