# Stancewatch in a container: non-root, nothing written but /data, no build tools in the image that runs.
#   docker build -t stancewatch .                          all four languages
#   docker build -t stancewatch --build-arg EXTRAS= .      English alone (the others are read with plain stems)
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS build
ARG EXTRAS="ko slavic"
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/venv
WORKDIR /src
COPY locks ./locks
# Each lock is whole and hashed; an extra adds only what the ones before it lack.
RUN for extra in base ${EXTRAS}; do \
      /opt/venv/bin/pip install --require-hashes --requirement "locks/${extra}.lock" || exit 1; done
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot ./bot
COPY handlers ./handlers
COPY watchers ./watchers
COPY config ./config
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation . \
 && /opt/venv/bin/pip uninstall --yes pip \
 && find /opt/venv -type d \( -name tests -o -name test \) -prune -exec rm -rf {} + \
 && /opt/venv/bin/python -m compileall -q /opt/venv/lib

FROM ${BASE}
RUN groupadd --gid 10001 stancewatch \
 && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin stancewatch \
 && install -d -o 10001 -g 10001 /data /config
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STANCEWATCH_DATABASE_URL=sqlite:////data/stancewatch.db \
    STANCEWATCH_CONFIG_DIR=/config
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/config"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot.pulse"]
ENTRYPOINT ["stancewatch"]
CMD ["run"]
