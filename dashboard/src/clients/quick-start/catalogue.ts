/**
 * The guides there are, by type of client. The text of each is `guides/<type>/<id>.md`; here is what the dashboard has
 * to know about it: the addresses its code uses, which a client must allow before the code can work.
 */
import type { ClientType } from '../type-values.ts';

/** Addresses that a guide's code uses, by the setting that has to allow them. `{{domain}}` is filled in. */
export type Addresses = {
  readonly callbacks: readonly string[];
  readonly allowed_logout_urls: readonly string[];
  readonly web_origins?: readonly string[];
};

export type Guide = {
  readonly id: string;
  readonly name: string;
  /** The library it uses. */
  readonly library: string;
  readonly addresses?: Addresses;
};

export const GUIDES: Readonly<Record<ClientType, readonly Guide[]>> = {
  native: [
    {
      id: 'android',
      name: 'Android',
      library: 'Auth0.Android',
      addresses: app('demo://{{domain}}/android/com.example.app/callback'),
    },
    {
      id: 'ios-swift',
      name: 'iOS Swift',
      library: 'Auth0.swift',
      addresses: app('com.example.app://{{domain}}/ios/com.example.app/callback'),
    },
    {
      id: 'react-native',
      name: 'React Native',
      library: 'react-native-auth0',
      addresses: app(
        'com.example.app.auth0://{{domain}}/ios/com.example.app/callback',
        'com.example.app.auth0://{{domain}}/android/com.example.app/callback',
      ),
    },
    {
      id: 'flutter',
      name: 'Flutter',
      library: 'auth0_flutter',
      addresses: app(
        'com.example.app://{{domain}}/ios/com.example.app/callback',
        'com.example.app://{{domain}}/android/com.example.app/callback',
      ),
    },
    {
      id: 'ionic',
      name: 'Ionic',
      library: 'auth0-react and Capacitor',
      addresses: {
        ...app('com.example.app://{{domain}}/capacitor/com.example.app/callback'),
        web_origins: ['capacitor://localhost', 'https://localhost', 'http://localhost'],
      },
    },
    {
      id: 'electron',
      name: 'Electron',
      library: 'openid-client',
      addresses: app('http://127.0.0.1:8484/callback'),
    },
  ],
  spa: [
    { id: 'javascript', name: 'JavaScript', library: 'auth0-spa-js', addresses: page(5173) },
    { id: 'react', name: 'React', library: 'auth0-react', addresses: page(5173) },
    { id: 'angular', name: 'Angular', library: 'auth0-angular', addresses: page(4200) },
    { id: 'vue', name: 'Vue', library: 'auth0-vue', addresses: page(5173) },
  ],
  regular_web: [
    {
      id: 'express',
      name: 'Node.js Express',
      library: 'express-openid-connect',
      addresses: server('/callback'),
    },
    {
      id: 'nextjs',
      name: 'Next.js',
      library: 'nextjs-auth0',
      addresses: server('/auth/callback'),
    },
    {
      id: 'aspnet-core',
      name: 'ASP.NET Core',
      library: 'Auth0.AspNetCore.Authentication',
      addresses: { callbacks: ['https://localhost:5001/callback'], allowed_logout_urls: ['https://localhost:5001'] },
    },
    {
      id: 'java-spring',
      name: 'Java Spring',
      library: 'Spring Security',
      addresses: server('/login/oauth2/code/latchkey'),
    },
    {
      id: 'python-flask',
      name: 'Python Flask',
      library: 'Authlib',
      addresses: server('/callback'),
    },
    {
      id: 'python-fastapi',
      name: 'Python FastAPI',
      library: 'Authlib',
      addresses: server('/callback'),
    },
    {
      id: 'php-laravel',
      name: 'PHP Laravel',
      library: 'auth0/login',
      addresses: server('/callback'),
    },
    {
      id: 'ruby-on-rails',
      name: 'Ruby on Rails',
      library: 'omniauth-auth0',
      addresses: server('/auth/auth0/callback'),
    },
    { id: 'go', name: 'Go', library: 'go-oidc', addresses: server('/callback') },
  ],
  non_interactive: [
    { id: 'curl', name: 'cURL', library: 'No library' },
    { id: 'nodejs', name: 'Node.js', library: 'openid-client' },
    { id: 'python', name: 'Python', library: 'auth0-python' },
    { id: 'go', name: 'Go', library: 'golang.org/x/oauth2' },
    { id: 'java', name: 'Java', library: 'auth0-java' },
    { id: 'csharp', name: 'C#', library: 'Auth0.AuthenticationApi' },
  ],
};

/** An app on a device: it comes back from a logout where it comes back from a login. */
function app(...callbacks: string[]): Addresses {
  return { callbacks, allowed_logout_urls: callbacks };
}

/** A page that a development server serves on this port. */
function page(port: number): Addresses {
  const origin = `http://localhost:${port}`;
  return { callbacks: [origin], allowed_logout_urls: [origin], web_origins: [origin] };
}

/** A server on port 8080; 3000 is where this one is when it is tried out. */
function server(callbackPath: string): Addresses {
  const origin = 'http://localhost:8080';
  return { callbacks: [`${origin}${callbackPath}`], allowed_logout_urls: [origin] };
}
