import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: { rolldownOptions: { input: ['index.html', 'rendered.html', 'props.html'] } },
  // One file without imports, so that the server runs with the version of the framework that the app was built with.
  ssr: { noExternal: true },
});
