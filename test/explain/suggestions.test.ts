import test from 'ava';
import {readPaths, suggest} from './suggest.js';

const lines = (...all: string[]): string => all.join('\n');

type Case = {
	rule: string;
	dockerfile: string;
	paths?: string[];
	ignore?: string;
	expected: string[];
};

const suggests = test.macro((t, {rule, dockerfile, paths = [], ignore, expected}: Case) => {
	t.deepEqual(suggest(rule, readPaths(dockerfile, paths, ignore)), expected);
});

const node = ['package.json', 'package-lock.json', 'src/app.js'];

test('the files that list packages are copied first, and the rest once they are installed', suggests, {
	rule: 'copy-manifests-first',
	dockerfile: lines('FROM node', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'CMD ["node", "src/app.js"]'),
	paths: node,
	expected: [
		lines(
			'FROM node',
			'WORKDIR /app',
			'COPY package-lock.json package.json ./',
			'RUN npm ci',
			'COPY . .',
			'CMD ["node", "src/app.js"]',
		),
	],
});
test('what follows the installation in the same RUN keeps its place', suggests, {
	rule: 'copy-manifests-first',
	dockerfile: lines('FROM node', 'COPY --chown=node . /app', 'RUN npm install --no-audit && npm run build'),
	paths: node,
	expected: [
		lines(
			'FROM node',
			'COPY --chown=node package-lock.json package.json /app/',
			'RUN npm install --no-audit',
			'COPY --chown=node . /app',
			'RUN npm run build',
		),
	],
});
test('a folder of the build context, with what stands between', suggests, {
	rule: 'copy-manifests-first',
	dockerfile: lines(
		'FROM python',
		'COPY api /api/',
		'# tools',
		'RUN apk add gcc',
		'RUN pip install -r /api/requirements.txt',
	),
	paths: ['api/requirements.txt', 'api/app.py', 'requirements.txt'],
	expected: [
		lines(
			'FROM python',
			'COPY api/requirements.txt /api/',
			'# tools',
			'RUN apk add gcc',
			'RUN pip install -r /api/requirements.txt',
			'COPY api /api/',
		),
	],
});
test('Go downloads modules before it builds', suggests, {
	rule: 'copy-manifests-first',
	dockerfile: lines('FROM golang', 'WORKDIR /src', 'COPY . .', 'RUN CGO_ENABLED=0 go build -o /app'),
	paths: ['go.mod', 'go.sum', 'main.go'],
	expected: [
		lines(
			'FROM golang',
			'WORKDIR /src',
			'COPY go.mod go.sum ./',
			'RUN go mod download',
			'COPY . .',
			'RUN CGO_ENABLED=0 go build -o /app',
		),
	],
});
for (const [title, dockerfile, paths] of [
	['without such a file', lines('FROM node', 'COPY . .', 'RUN npm ci'), ['src/app.js']],
	[
		'where they are copied first already',
		lines('FROM node', 'COPY package*.json ./', 'RUN npm ci', 'COPY . .', 'RUN npm ci'),
		node,
	],
	['where nothing is installed', lines('FROM node', 'COPY . .', 'RUN node build.js'), node],
	['where the folder changes in between', lines('FROM node', 'COPY . .', 'WORKDIR app', 'RUN npm ci'), node],
	['for one file', lines('FROM node', 'COPY package.json src/app.js ./', 'RUN npm ci'), node],
	[
		'for packages that are named',
		lines('FROM python', 'COPY . .', 'RUN pip install flask'),
		['requirements.txt'],
	],
	['with a heredoc', lines('FROM node', 'COPY . .', 'RUN <<E', 'npm ci', 'E'), node],
] as const)
	test(`the order stays ${title}`, suggests, {
		rule: 'copy-manifests-first',
		dockerfile,
		paths: [...paths],
		expected: [],
	});

test('what no build needs is ignored, at any depth', suggests, {
	rule: 'ignore-files',
	dockerfile: lines('FROM node', 'COPY . .', 'RUN npm ci'),
	paths: ['.git/HEAD', 'a/node_modules/x.js', 'node_modules/y.js', 'src/app.js'],
	ignore: '*.log',
	expected: ['*.log\n**/.git\n**/node_modules\n'],
});
test('a folder that a build of another kind makes is needed', suggests, {
	rule: 'ignore-files',
	dockerfile: lines('FROM alpine', 'COPY . .'),
	paths: ['node_modules/y.js'],
	expected: [],
});
test('nothing is ignored where nothing is copied', suggests, {
	rule: 'ignore-files',
	dockerfile: lines('FROM alpine', 'RUN true'),
	paths: ['.git/HEAD'],
	expected: [],
});

test('caches are mounted, and kept', suggests, {
	rule: 'mount-caches',
	dockerfile: lines(
		'FROM python',
		'RUN apk add gcc \\',
		'    && pip install --no-cache-dir -r r.txt',
		'RUN echo',
	),
	expected: [
		lines(
			'FROM python',
			'RUN --mount=type=cache,target=/root/.cache/pip \\',
			'    apk add gcc && pip install -r r.txt',
			'RUN echo',
		),
	],
});
test('a cache of root is not mounted for another user', suggests, {
	rule: 'mount-caches',
	dockerfile: lines('FROM node', 'USER node', 'RUN npm ci'),
	expected: [],
});
test('a cache is mounted once', suggests, {
	rule: 'mount-caches',
	dockerfile: lines('FROM node', 'RUN --mount=type=cache,target=/root/.npm npm ci'),
	expected: [],
});

for (const [command, cleaned] of [
	[
		'apt-get update && apt-get install -y gcc',
		'apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*',
	],
	['apk add curl', 'apk add --no-cache curl'],
	['pip install -r r.txt', 'pip install --no-cache-dir -r r.txt'],
	['npm ci && npm run build', 'npm ci && npm cache clean --force && npm run build'],
] as const)
	test(`nothing is left behind by ${command}`, suggests, {
		rule: 'leave-nothing-behind',
		dockerfile: lines('FROM a', `RUN ${command}`),
		expected: [lines('FROM a', `RUN ${cleaned}`)],
	});
test('a stage that the image does not consist of may leave what it likes', suggests, {
	rule: 'leave-nothing-behind',
	dockerfile: lines('FROM a AS build', 'RUN npm ci', 'FROM b', 'COPY --from=build /x /x'),
	expected: [],
});
test('what is removed is removed in the same layer', suggests, {
	rule: 'leave-nothing-behind',
	dockerfile: lines('FROM a', 'COPY x /x', 'RUN get big', 'RUN unpack big', 'RUN rm big'),
	expected: [lines('FROM a', 'COPY x /x', 'RUN get big && \\', '    unpack big && \\', '    rm big')],
});

test('tests get a stage of their own', suggests, {
	rule: 'test-in-own-stage',
	dockerfile: lines('FROM node AS app', 'ARG V=1', 'COPY . .', 'RUN npm test', 'CMD ["node", "."]'),
	expected: [
		lines(
			'FROM node AS app-files',
			'ARG V=1',
			'COPY . .',
			'',
			'FROM app-files AS test',
			'ARG V=1',
			'RUN npm test',
			'',
			'FROM app-files AS app',
			'ARG V=1',
			'CMD ["node", "."]',
		),
	],
});
test('a stage that has the name already keeps it', suggests, {
	rule: 'test-in-own-stage',
	dockerfile: lines('FROM a AS test', 'RUN x', 'FROM test', 'RUN pytest'),
	expected: [
		lines(
			'FROM a AS test',
			'RUN x',
			'FROM test AS build',
			'',
			'FROM build AS test-2',
			'RUN pytest',
			'',
			'FROM build',
		),
	],
});
for (const [title, dockerfile] of [
	['with numbers of stages', lines('FROM a', 'RUN npm test', 'FROM b', 'COPY --from=0 /x /x')],
	['where more is done than to test', lines('FROM a', 'RUN npm test && npm run build')],
	['in a stage that is not built', lines('FROM a AS t', 'RUN npm test', 'FROM b')],
] as const)
	test(`tests stay where they are ${title}`, suggests, {rule: 'test-in-own-stage', dockerfile, expected: []});

const goProgram = ['go.mod', 'main.go'];
test('a compiled program is shipped without its tools', suggests, {
	rule: 'ship-without-tools',
	dockerfile: lines(
		'FROM golang:1-alpine',
		'WORKDIR /src',
		'ENV A=b',
		'COPY . .',
		'RUN go build -o /app .',
		'EXPOSE 80',
		'CMD /app -port 80',
	),
	paths: goProgram,
	expected: [
		['scratch', ' /etc/ssl/certs/ca-certificates.crt'],
		['scratch', ''],
		['alpine', ''],
	].map(([base = '', certificates = '']) =>
		lines(
			'FROM golang:1-alpine AS build',
			'WORKDIR /src',
			'ENV A=b',
			'COPY . .',
			base === 'scratch' ? 'RUN CGO_ENABLED=0 go build -o /app .' : 'RUN go build -o /app .',
			'',
			`FROM ${base}`,
			'WORKDIR /src',
			'ENV A=b',
			'COPY --from=build /app /app',
			...(certificates === '' ? [] : [`COPY --from=build${certificates}${certificates}`]),
			'EXPOSE 80',
			'CMD ["/app", "-port", "80"]',
		),
	),
});
for (const [title, dockerfile] of [
	['whose program is not compiled', lines('FROM python', 'COPY . .', 'CMD ["python", "app.py"]')],
	['from scratch', lines('FROM scratch', 'COPY app /', 'CMD ["/app"]')],
	['that starts nothing', lines('FROM golang', 'RUN go build -o /app')],
	['that starts something else', lines('FROM golang', 'RUN go build -o /app', 'CMD ["/other"]')],
] as const)
	test(`an image stays as it is ${title}`, suggests, {
		rule: 'ship-without-tools',
		dockerfile,
		paths: goProgram,
		expected: [],
	});
test('packages that only the build needs are not shipped', suggests, {
	rule: 'ship-without-tools',
	dockerfile: lines(
		...['FROM node:18', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'RUN npm run build', 'USER node'],
		'CMD ["node", "dist/server.js"]',
	),
	paths: node,
	expected: [
		lines(
			...[
				'FROM node:18 AS build',
				'WORKDIR /app',
				'COPY . .',
				'RUN npm ci',
				'RUN npm run build',
				'USER node',
			],
			...['CMD ["node", "dist/server.js"]', '', 'FROM node:18', 'WORKDIR /app'],
			...['COPY package-lock.json package.json ./', 'RUN npm ci --omit=dev'],
			...['COPY --from=build /app/dist ./dist', 'USER node', 'CMD ["node", "dist/server.js"]'],
		),
	],
});

for (const [from, expected] of [
	['node:18', ['node:18-alpine', 'node:18-slim']],
	['python', ['python:alpine', 'python:slim']],
	['eclipse-temurin:21-jdk', ['eclipse-temurin:21-jre-alpine', 'eclipse-temurin:21-jre']],
	['node:18-alpine', []],
	['my.registry/tool:1', []],
] as const)
	test(`smaller than ${from}`, suggests, {
		rule: 'smaller-base',
		dockerfile: lines(`FROM ${from}`, 'CMD ["x"]'),
		expected: expected.map(image => lines(`FROM ${image}`, 'CMD ["x"]')),
	});
