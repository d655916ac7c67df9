/** The scopes that flags of social providers stand for, in the providers' own words. */
import type { Options } from './strategy.ts';

export type ScopeTable = {
  /** The scope that each flag asks for; several are separated by a space. */
  readonly flags: Readonly<Record<string, string>>;
  /** How scopes are joined to one text; a list when there is none. */
  readonly join?: string;
};

/** The flags of which the name is the scope. */
const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));
const prefixed = (prefix: string, entries: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(entries).map(([flag, scope]) => [flag, `${prefix}${scope}`]));
const dotted = (prefix: string, ...names: readonly string[]) => prefixed(prefix, same(...names));

/** @see https://developers.google.com/identity/protocols/oauth2/scopes */
const google = {
  ...same('email', 'profile', 'offline_access'),
  gmail: 'https://mail.google.com/mail/feed/atom',
  youtube: 'https://gdata.youtube.com',
  blogger: 'https://www.blogger.com/feeds/',
  contacts: 'https://www.google.com/m8/feeds/',
  document_list: 'https://docs.google.com/feeds/',
  gmail_new: 'https://mail.google.com/',
  picasa_web: 'https://picasaweb.google.com/data/',
  sites: 'https://sites.google.com/feeds/',
  webmaster_tools: 'https://www.google.com/webmasters/tools/feeds/',
  ...prefixed('https://www.googleapis.com/auth/', {
    adsense_management: 'adsense',
    analytics: 'analytics',
    calendar: 'calendar',
    calendar_addons_execute: 'calendar.addons.execute',
    calendar_events: 'calendar.events',
    calendar_events_readonly: 'calendar.events.readonly',
    calendar_settings_readonly: 'calendar.settings.readonly',
    chrome_web_store: 'chromewebstore.readonly',
    contacts_new: 'contacts',
    contacts_other_readonly: 'contacts.other.readonly',
    contacts_readonly: 'contacts.readonly',
    content_api_for_shopping: 'content',
    coordinate: 'coordinate',
    coordinate_readonly: 'coordinate.readonly',
    directory_readonly: 'directory.readonly',
    drive: 'drive',
    drive_activity: 'drive.activity',
    drive_activity_readonly: 'drive.activity.readonly',
    drive_appdata: 'drive.appdata',
    drive_apps_readonly: 'drive.apps.readonly',
    drive_file: 'drive.file',
    drive_metadata: 'drive.metadata',
    drive_metadata_readonly: 'drive.metadata.readonly',
    drive_photos_readonly: 'drive.photos.readonly',
    drive_readonly: 'drive.readonly',
    drive_scripts: 'drive.scripts',
    gmail_compose: 'gmail.compose',
    gmail_insert: 'gmail.insert',
    gmail_labels: 'gmail.labels',
    gmail_metadata: 'gmail.metadata',
    gmail_modify: 'gmail.modify',
    gmail_readonly: 'gmail.readonly',
    gmail_send: 'gmail.send',
    gmail_settings_basic: 'gmail.settings.basic',
    gmail_settings_sharing: 'gmail.settings.sharing',
    google_affiliate_network: 'gan',
    google_books: 'books',
    google_cloud_storage: 'devstorage.read_write',
    google_drive: 'drive',
    google_drive_files: 'drive.file',
    google_plus: 'plus.login',
    latitude_best: 'latitude.all.best',
    latitude_city: 'latitude.all.city',
    moderator: 'moderator',
    orkut: 'orkut',
    tasks: 'tasks',
    tasks_readonly: 'tasks.readonly',
    url_shortener: 'urlshortener',
    youtube_channelmemberships_creator: 'youtube.channel-memberships.creator',
    youtube_new: 'youtube',
    youtube_readonly: 'youtube.readonly',
    youtube_upload: 'youtube.upload',
    youtubepartner: 'youtubepartner',
  }),
};

/** @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
const github = {
  ...same('delete_repo', 'gist', 'notifications', 'public_repo', 'repo', 'repo_deployment'),
  profile: 'read:user',
  read_user: 'read:user',
  email: 'user:email',
  follow: 'user:follow',
  repo_status: 'repo:status',
  admin_org: 'admin:org',
  read_org: 'read:org',
  write_org: 'write:org',
  admin_public_key: 'admin:public_key',
  read_public_key: 'read:public_key',
  write_public_key: 'write:public_key',
  admin_repo_hook: 'admin:repo_hook',
  read_repo_hook: 'read:repo_hook',
  write_repo_hook: 'write:repo_hook',
};

/** @see https://developers.facebook.com/docs/permissions */
const facebook = same(
  ...['email', 'public_profile', 'ads_management', 'ads_read', 'business_management', 'groups_access_member_info'],
  ...['leads_retrieval', 'manage_notifications', 'manage_pages', 'pages_manage_cta', 'pages_manage_instant_articles'],
  ...['pages_messaging', 'pages_messaging_phone_number', 'pages_messaging_subscriptions', 'pages_show_list'],
  ...['publish_actions', 'publish_pages', 'publish_to_groups', 'publish_video', 'read_audience_network_insights'],
  ...['read_insights', 'read_mailbox', 'read_page_mailboxes', 'read_stream', 'user_age_range', 'user_birthday'],
  ...['user_events', 'user_friends', 'user_gender', 'user_groups', 'user_hometown', 'user_likes', 'user_link'],
  ...['user_location', 'user_managed_groups', 'user_photos', 'user_posts', 'user_status', 'user_tagged_places'],
  'user_videos',
);

/** Live Connect's scopes, and Microsoft Graph's: https://learn.microsoft.com/en-us/graph/permissions-reference */
const windowslive = {
  ...dotted(
    'wl.',
    ...['signin', 'basic', 'emails', 'birthday', 'calendars', 'calendars_update', 'contacts_birthday'],
    ...['contacts_calendars', 'contacts_create', 'contacts_photos', 'contacts_skydrive', 'events_create', 'messenger'],
    ...['phone_numbers', 'photos', 'postal_addresses', 'share', 'skydrive', 'skydrive_update', 'work_profile'],
    ...['applications', 'applications_create', 'offline_access'],
  ),
  ...prefixed('https://graph.microsoft.com/', {
    graph_calendars: 'Calendars.Read',
    graph_calendars_update: 'Calendars.ReadWrite',
    graph_contacts: 'Contacts.Read',
    graph_contacts_update: 'Contacts.ReadWrite',
    graph_device: 'Device.Read',
    graph_device_command: 'Device.Command',
    graph_emails: 'Mail.Read',
    graph_emails_update: 'Mail.ReadWrite',
    graph_files: 'Files.Read',
    graph_files_update: 'Files.ReadWrite',
    graph_files_all: 'Files.Read.All',
    graph_files_all_update: 'Files.ReadWrite.All',
    graph_notes: 'Notes.Read',
    graph_notes_create: 'Notes.Create',
    graph_notes_update: 'Notes.ReadWrite',
    graph_tasks: 'Tasks.Read',
    graph_tasks_update: 'Tasks.ReadWrite',
    graph_user: 'User.Read',
    graph_user_update: 'User.ReadWrite',
    graph_user_activity: 'UserActivity.ReadWrite.CreatedByApp',
    user_read_all: 'User.Read.All',
    user_readbasic_all: 'User.ReadBasic.All',
    directory_accessasuser_all: 'Directory.AccessAsUser.All',
    directory_read_all: 'Directory.Read.All',
    directory_readwrite_all: 'Directory.ReadWrite.All',
    group_read_all: 'Group.Read.All',
    group_readwrite_all: 'Group.ReadWrite.All',
    mail_readwrite_all: 'Mail.ReadWrite.All',
    mail_send: 'Mail.Send',
    rolemanagement_read_all: 'RoleManagement.Read.All',
    rolemanagement_readwrite_directory: 'RoleManagement.ReadWrite.Directory',
    sites_read_all: 'Sites.Read.All',
    sites_readwrite_all: 'Sites.ReadWrite.All',
    team_readbasic_all: 'Team.ReadBasic.All',
    team_readwrite_all: 'Team.ReadWrite.All',
  }),
};

export const SCOPES = {
  amazon: { flags: same('profile', 'postal_code') },
  apple: { flags: same('name', 'email'), join: ' ' },
  bitbucket: { flags: { profile: 'account' } },
  facebook: { flags: facebook, join: ',' },
  github: { flags: github },
  'google-oauth2': { flags: google },
  line: { flags: same('profile', 'email') },
  linkedin: {
    flags: {
      ...same('openid', 'profile'),
      basic_profile: 'r_liteprofile',
      full_profile: 'r_fullprofile',
      email: 'r_emailaddress',
      network: 'r_network',
    },
  },
  paypal: { flags: same('profile', 'email', 'address', 'phone') },
  twitter: {
    flags: {
      tweet_read: 'tweet.read',
      users_read: 'users.read',
      offline_access: 'offline.access',
      profile: 'users.read',
    },
  },
  windowslive: { flags: windowslive },
} as const satisfies Record<string, ScopeTable>;

/** The scope that the options ask for: what is written there already, and what the flags stand for. */
export function scopeOf({ flags, join }: ScopeTable, options: Options): Options {
  const asked = Object.keys(options).flatMap((name) => (options[name] === true && flags[name] ? [flags[name]] : []));
  if (asked.length === 0) return {};
  const { scope } = options;
  const written =
    typeof scope === 'string' ? scope.split(/[\s,]+/) : Array.isArray(scope) ? scope.map((item) => String(item)) : [];
  const all = [...new Set([...written, ...asked])].filter((item) => item !== '');
  return { scope: join === undefined ? all : all.join(join) };
}
