# maskloop: worker, server and command line in one image.
# Debian, since Temporal's native core is built for glibc and there is none for Alpine's musl.
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# The commit that receipts name; the repository itself is not in the build.
ARG MASKLOOP_COMMIT=
# Compiles, bundles the workflows once for all workers and the pages, then leaves only what runs.
RUN MASKLOOP_COMMIT="${MASKLOOP_COMMIT}" npm run build && npm prune --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    MASKLOOP_STORE=/var/lib/maskloop/store
WORKDIR /opt/maskloop
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/docs ./docs
COPY --from=build /build/dist ./dist
# A volume that is mounted here first takes over whose it is.
RUN install -d -o node -g node /var/lib/maskloop/store \
    && ln -s /opt/maskloop/dist/cli.js /usr/local/bin/maskloop
USER node
EXPOSE 7280
ENTRYPOINT ["maskloop"]
CMD ["--help"]
