/** An image's name with its tag: `latest` where none is given. A registry's port is no tag. */
export const withTag = (image: string): string => (/:[^/]+$/.test(image) ? image : `${image}:latest`);
