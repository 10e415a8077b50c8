/** Network errors of Go, in which Docker is written. */
export const networkFailure =
	/dial tcp|no such host|i\/o timeout|network is unreachable|no route to host|connection refused|connection reset|TLS handshake|proxyconnect|Client\.Timeout|request canceled|deadline exceeded|server misbehaving/i;

/** How registries report that they don't have an image, or don't show it to anyone. */
export const imageNotFound =
	/pull access denied|repository does not exist|insufficient_scope|requested access to the resource is denied|manifest unknown|: not found$/;

export const diskFull = /no space left on device/i;

/** How the CLI reports that it can't reach the engine. */
export const engineUnreachable =
	/permission denied while trying to connect|Cannot connect to the Docker daemon/i;
