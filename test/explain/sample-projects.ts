/** A small project as people write them. */
export type SampleProject = {name: string; files: Record<string, string>};

const lines = (...all: string[]): string => `${all.join('\n')}\n`;

const goServer = lines(
	'package main',
	'',
	'import (',
	'\t"fmt"',
	'\t"log"',
	'\t"net/http"',
	')',
	'',
	'func greeting(name string) string { return fmt.Sprintf("hello %s", name) }',
	'',
	'func main() {',
	'\thttp.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, greeting(r.URL.Path)) })',
	'\tlog.Fatal(http.ListenAndServe(":8080", nil))',
	'}',
);
const goTest = lines(
	'package main',
	'',
	'import "testing"',
	'',
	'func TestGreeting(t *testing.T) {',
	'\tif greeting("x") != "hello x" {',
	'\t\tt.Fail()',
	'\t}',
	'}',
);
const nodeServer = lines(
	"const {createServer} = require('node:http');",
	"createServer((request, response) => response.end(require('web'))).listen(8080);",
);
const pythonServer = lines(
	'from http.server import HTTPServer, SimpleHTTPRequestHandler',
	'import web',
	"HTTPServer(('', 8080), SimpleHTTPRequestHandler).serve_forever()",
);
/** As large as the history of a project soon is. */
const history = {
	'.git/HEAD': 'ref: refs/heads/main\n',
	'.git/objects/pack/a.pack': '0123456789abcdef'.repeat(300_000),
};
const manifest = (more: object): string =>
	JSON.stringify({name: 'sample', version: '1.0.0', dependencies: {web: '1.0.0'}, ...more});

const goProjects: SampleProject[] = [
	{
		name: 'go-api',
		files: {
			Dockerfile: lines(
				...['FROM golang:1.16.4-alpine', 'WORKDIR /src', 'COPY . .', 'RUN CGO_ENABLED=0 go build -o /api .'],
				...['EXPOSE 8080', 'CMD ["/api"]'],
			),
			'go.mod': 'module sample\n',
			'main.go': goServer,
			...history,
		},
	},
	{
		name: 'go-tests',
		files: {
			Dockerfile: lines(
				...[
					'FROM golang:1.16.4-alpine AS build',
					'WORKDIR /src',
					'COPY . .',
					'RUN CGO_ENABLED=0 go test -vet=off ./...',
				],
				...['RUN CGO_ENABLED=0 go build -o /api .', 'FROM alpine:3.13', 'COPY --from=build /api /api'],
				'ENTRYPOINT ["/api"]',
			),
			'go.mod': 'module sample\n',
			'main.go': goServer,
			'main_test.go': goTest,
		},
	},
	{
		name: 'go-well-written',
		files: {
			Dockerfile: lines(
				...['FROM golang:1.16.4-alpine AS build', 'WORKDIR /src', 'COPY go.mod main.go ./'],
				'RUN --mount=type=cache,target=/root/.cache/go-build --mount=type=cache,target=/go/pkg/mod \\',
				...['    CGO_ENABLED=0 go build -o /api .', 'FROM scratch', 'COPY --from=build /api /api'],
				'ENTRYPOINT ["/api"]',
			),
			'go.mod': 'module sample\n',
			'main.go': goServer,
		},
	},
];

const otherProjects: SampleProject[] = [
	{
		name: 'c-tool',
		files: {
			Dockerfile: lines(
				'FROM cc:1',
				'COPY . /src',
				'RUN cc -o /usr/local/bin/tool /src/main.c',
				'CMD ["tool"]',
			),
			'main.c': lines('#include <stdio.h>', 'int main(void) { printf("hello\\n"); return 3; }'),
		},
	},
	{
		name: 'static-page',
		files: {
			Dockerfile: lines(
				...['FROM node:18', 'WORKDIR /site', 'COPY . .', 'RUN node build.js'],
				'CMD ["busybox", "httpd", "-f", "-p", "8080", "-h", "/site/public"]',
			),
			'build.js': lines(
				"const fs = require('node:fs');",
				"fs.mkdirSync('public', {recursive: true});",
				"fs.writeFileSync('public/index.html', fs.readFileSync('index.md', 'utf8'));",
			),
			'index.md': '# A page\n',
			...history,
		},
	},
];

const nodeProjects = (npm: string): SampleProject[] => {
	const npmrc = {'.npmrc': `registry=${npm}\naudit=false\nfund=false\nupdate-notifier=false\n`};
	return [
		{
			name: 'node-api',
			files: {
				Dockerfile: lines(
					...['FROM node:18', 'WORKDIR /app', 'COPY . .', 'RUN npm install', 'EXPOSE 8080'],
					'CMD ["node", "server.js"]',
				),
				'package.json': manifest({}),
				'server.js': nodeServer,
				...npmrc,
				...history,
			},
		},
		{
			name: 'node-bundle',
			files: {
				Dockerfile: lines(
					...[
						'FROM node:18-slim',
						'WORKDIR /app',
						'COPY package.json .npmrc ./',
						'RUN npm install',
						'COPY . .',
					],
					...['RUN npm run build', 'CMD ["node", "dist/server.js"]'],
				),
				'package.json': manifest({
					devDependencies: {bundler: '1.0.0'},
					scripts: {build: 'mkdir -p dist && cp src/server.js dist/'},
				}),
				'src/server.js': nodeServer,
				...npmrc,
			},
		},
		{
			name: 'node-tests',
			files: {
				Dockerfile: lines(
					...[
						'FROM node:18-slim',
						'WORKDIR /app',
						'COPY package.json .npmrc ./',
						'RUN npm install',
						'COPY . .',
					],
					...['RUN npm test', 'CMD ["node", "server.js"]'],
				),
				'package.json': manifest({scripts: {test: 'node test.js'}}),
				'server.js': nodeServer,
				'test.js': "setTimeout(() => console.log('passed'), 2500);\n",
				...npmrc,
			},
		},
	];
};

const pythonProjects = (pip: string): SampleProject[] => {
	const from = `--index-url ${pip} --trusted-host ${new URL(pip).hostname}`;
	const requirements = {'requirements.txt': lines('web', 'templates')};
	const pipInstall = `pip install --no-build-isolation --disable-pip-version-check ${from} -r requirements.txt`;
	return [
		{
			name: 'python-api',
			files: {
				Dockerfile: lines(
					...[
						'FROM python:3.11',
						'WORKDIR /app',
						'COPY . .',
						`RUN ${pipInstall}`,
						'CMD ["python", "app.py"]',
					],
				),
				'app.py': pythonServer,
				...requirements,
			},
		},
		{
			name: 'python-tests',
			files: {
				Dockerfile: lines(
					...['FROM python:3.11-alpine', 'WORKDIR /app', 'COPY requirements.txt .', `RUN ${pipInstall}`],
					...['COPY . .', 'RUN python -m unittest', 'CMD ["python", "app.py"]'],
				),
				'app.py': pythonServer,
				'test_app.py': lines(
					...['import time, unittest', 'class Slow(unittest.TestCase):', '    def test_slow(self):'],
					'        time.sleep(2.5)',
				),
				...requirements,
			},
		},
	];
};

/** Ten projects. `npm`, `pip`: where their packages are. */
export const createSampleProjects = ({npm, pip}: {npm: string; pip: string}): SampleProject[] => [
	...goProjects,
	...nodeProjects(npm),
	...pythonProjects(pip),
	...otherProjects,
];
