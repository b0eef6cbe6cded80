import { createApp } from 'vue';
import { access } from './access';
import App from './App.vue';

createApp(App, { ...(await access()) }).mount('#app');
