/** A program that downloads the packages that a project needs. */
export type PackageManager = {
	name: string;
	/** The names of the files that list the packages, in the folder of the project. */
	manifests: RegExp;
	/** A command that installs what these files list, and reads nothing else of the project. */
	install: RegExp;
	/** Such a command, to be run before any other; null if there is none. */
	download: string | null;
	/** A command that reads the cache. */
	usesCache: RegExp;
	/** Where root keeps what was downloaded or compiled. */
	caches: string[];
	/** The folders beside the files that are made by it, and not by people. */
	made: string[];
};

const options = String.raw`(?: +--?[\w-]+(?:=\S+)?)*`;

/** Folders of caches: from the documentation of each package manager. */
export const packageManagers: readonly PackageManager[] = [
	{
		name: 'npm',
		manifests: /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|\.npmrc)$/,
		install: new RegExp(`^npm${options} +(?:ci|i|install|clean-install)${options}$`),
		download: null,
		usesCache: /^npm\b.*\b(?:ci|i|install|clean-install)\b/,
		caches: ['/root/.npm'],
		made: ['node_modules'],
	},
	{
		name: 'yarn',
		manifests: /^(?:package\.json|yarn\.lock|\.yarnrc|\.yarnrc\.yml)$/,
		install: new RegExp(`^yarn(?: +install)?${options}$`),
		download: null,
		usesCache: /^yarn(?: +install\b| *$| +--)/,
		caches: ['/usr/local/share/.cache/yarn'],
		made: ['node_modules'],
	},
	{
		name: 'pnpm',
		manifests: /^(?:package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|\.npmrc)$/,
		install: new RegExp(`^pnpm +(?:i|install)${options}$`),
		download: null,
		usesCache: /^pnpm +(?:i|install)\b/,
		caches: ['/root/.local/share/pnpm/store'],
		made: ['node_modules'],
	},
	{
		name: 'pip',
		manifests: /^(?:requirements[\w.-]*|constraints[\w.-]*)\.txt$/,
		install:
			/^(?:python3? +-m +)?pip3? +install(?: +(?:-r|--requirement|-c|--constraint)[ =]\S+| +-r\S+| +--?[\w-]+(?:=\S+)?)*$/,
		download: null,
		usesCache: /^(?:python3? +-m +)?pip3? +install\b/,
		caches: ['/root/.cache/pip'],
		made: ['__pycache__', '.venv', 'venv'],
	},
	{
		name: 'Poetry',
		manifests: /^(?:pyproject\.toml|poetry\.lock)$/,
		install: new RegExp(`^poetry +install(?=.* --no-root)${options}$`),
		download: null,
		usesCache: /^poetry +install\b/,
		caches: ['/root/.cache/pypoetry'],
		made: ['__pycache__', '.venv'],
	},
	{
		name: 'uv',
		manifests: /^(?:pyproject\.toml|uv\.lock)$/,
		install: new RegExp(`^uv +sync(?=.* --no-install-project)${options}$`),
		download: null,
		usesCache: /^uv +(?:sync|pip +install)\b/,
		caches: ['/root/.cache/uv'],
		made: ['__pycache__', '.venv'],
	},
	{
		name: 'Go',
		manifests: /^(?:go\.mod|go\.sum)$/,
		install: new RegExp(`^go +mod +download${options}$`),
		download: 'go mod download',
		usesCache: /^(?:\w+=\S* +)*go +(?:build|install|test|run|vet|mod +download)\b/,
		caches: ['/go/pkg/mod', '/root/.cache/go-build'],
		made: [],
	},
	{
		name: 'Cargo',
		manifests: /^Cargo\.(?:toml|lock)$/,
		install: new RegExp(`^cargo +fetch${options}$`),
		download: null,
		usesCache: /^cargo +(?:build|install|fetch|test)\b/,
		caches: ['/usr/local/cargo/registry', '/usr/local/cargo/git'],
		made: ['target'],
	},
	{
		name: 'Maven',
		manifests: /^pom\.xml$/,
		install: /^mvn(?: +-\S+)* +dependency:(?:go-offline|resolve)(?: +-\S+)*$/,
		download: null,
		usesCache: /^(?:\.\/)?mvnw?\b/,
		caches: ['/root/.m2'],
		made: ['target'],
	},
	{
		name: 'Gradle',
		manifests: /^(?:build|settings)\.gradle(?:\.kts)?$/,
		install: /^gradle(?: +-\S+)* +dependencies(?: +-\S+)*$/,
		download: null,
		usesCache: /^(?:\.\/gradlew|gradle)\b/,
		caches: ['/root/.gradle'],
		made: ['.gradle'],
	},
	{
		name: 'Composer',
		manifests: /^composer\.(?:json|lock)$/,
		install: new RegExp(`^composer +install(?=.* --no-autoloader)${options}$`),
		download: null,
		usesCache: /^composer +(?:install|update)\b/,
		caches: ['/root/.composer/cache'],
		made: ['vendor'],
	},
	{
		name: 'Bundler',
		manifests: /^Gemfile(?:\.lock)?$/,
		install: new RegExp(`^bundle +install${options}$`),
		download: null,
		usesCache: /^bundle +install\b/,
		caches: ['/usr/local/bundle/cache'],
		made: ['.bundle'],
	},
	{
		name: 'NuGet',
		manifests: /^(?:.+\.(?:csproj|fsproj|sln)|nuget\.config)$/i,
		install: new RegExp(String.raw`^dotnet +restore(?: +\S+\.(?:csproj|fsproj|sln))?${options}$`),
		download: null,
		usesCache: /^dotnet +(?:restore|build|publish|test)\b/,
		caches: ['/root/.nuget/packages'],
		made: ['bin', 'obj'],
	},
];
