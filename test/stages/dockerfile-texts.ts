/** Lines below a `FROM`, or whole Dockerfiles, that the newest BuildKit takes. */
export const taken = [
	'ADD --unpack=false a.txt /b.txt',
	'ADD --link --exclude=x --keep-git-dir=true git@github.com:x/y.git /y',
	'COPY --exclude=*.md --link --chmod=u=rwX,go=rX a.txt /a.txt',
	'COPY a b /x',
	'COPY a b .',
	'COPY ["a", "b", "/x"]',
	'ADD https://example.com/a https://example.com/b /x',
	'STOPSIGNAL SIGRTMIN+3',
	'STOPSIGNAL TERM',
	'STOPSIGNAL kill',
	'STOPSIGNAL 9',
	'HEALTHCHECK --interval=1m30s --start-interval=5s --start-period=0s --timeout=1.5s --retries=0 CMD true',
	'HEALTHCHECK --timeout=0 CMD true',
	'EXPOSE 8000-8010/udp 9000 7000/TCP',
	'ENV A=b C="d e" F=$A',
	'ENV OLD value with spaces',
	'LABEL one=1 "two words"="x y"',
	'SHELL ["/bin/sh", "-ec"]',
	'VOLUME /data /more',
	'ENTRYPOINT',
	'RUN --network=none --mount=type=tmpfs,target=/t,size=1m echo x > /t/x',
	'ONBUILD RUN echo x',
	'MAINTAINER me',
	'FROM alpine:3.13 AS x\nFROM alpine:3.13 AS x',
	'ARG PORT=8000\nFROM alpine:3.13 AS build.1_x-y\nARG PORT=8000 OTHER',
];

/** The same that it refuses, each with what lint says. */
export const refused: Array<[text: string, message: string]> = [
	['COPY a', 'COPY requires at least two arguments'],
	['RUNN x', 'Unknown instruction: RUNN'],
	['ENV A', 'ENV must have two arguments'],
	['HEALTHCHECK --timeout=1 CMD x', 'time: missing unit in duration 1'],
	['HEALTHCHECK --retries=-1 CMD x', '--retries must be at least 1 (not -1)'],
	['COPY --link=no a.txt /a.txt', 'expecting boolean value for flag link, not: no'],
	['ONBUILD FROM x', "FROM isn't allowed as an ONBUILD trigger"],
	['FROM alpine:3.13 other', 'FROM requires either one or three arguments'],
	['EXPOSE eighty', 'Invalid containerPort: eighty'],
];

/** The Dockerfile of which a text is a part, or that it is. */
export const wholeText = (text: string): string =>
	/^(?:FROM|ARG)/.test(text) ? `${text}\n` : `FROM alpine:3.13\n${text}\n`;
