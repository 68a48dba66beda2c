// The rendered document: assets from this server, requests to this server.
const { SwaggerUIBundle } = globalThis;

SwaggerUIBundle({
  url: '/api/openapi.json',
  domNode: document.getElementById('document'),
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // A token stays where it was typed in: in this tab, until it is closed or reloaded.
  persistAuthorization: false,
  // By default a badge asks a server of the library's makers about the document.
  validatorUrl: null,
});
