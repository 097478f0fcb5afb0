<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_MX" sourcelanguage="en_US">
<context>
    <name>About</name>
    <message>
        <source>About {product}</source>
        <translation>Acerca de {product}</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Versión {version}</translation>
    </message>
    <message>
        <source>It is made of these parts. Choose one to read its notices and its licence in full.</source>
        <translation>Está hecha de estas partes. Elija una para leer completos sus avisos y su licencia.</translation>
    </message>
</context>
<context>
    <name>AttributeFields</name>
    <message>
        <source>Fill in this field.</source>
        <translation>Llene este campo.</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Nombre completo</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Middle name</source>
        <translation>Segundo nombre</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Apellidos</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>Apodo</translation>
    </message>
    <message>
        <source>Preferred username</source>
        <translation>Usuario preferido</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Fecha de nacimiento</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zona horaria</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Sitio web</translation>
    </message>
    <message>
        <source>Profile page</source>
        <translation>Página de perfil</translation>
    </message>
    <message>
        <source>Picture (web address)</source>
        <translation>Foto (dirección web)</translation>
    </message>
    <message>
        <source>Last updated</source>
        <translation>Última actualización</translation>
    </message>
    <message>
        <source>Such as {example}</source>
        <translation>Por ejemplo, {example}</translation>
    </message>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>AAAA-MM-DD</translation>
    </message>
</context>
<context>
    <name>AuthenticatorForm</name>
    <message>
        <source>Set up two-step verification</source>
        <translation>Configure la verificación en dos pasos</translation>
    </message>
    <message>
        <source>Scan this code with your authenticator app, or type the key.</source>
        <translation>Escanee este código con su aplicación de autenticación o escriba la clave.</translation>
    </message>
</context>
<context>
    <name>AuthenticatorSetUp</name>
    <message>
        <source>Key</source>
        <translation>Clave</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>&amp;Código de verificación</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>Escriba el código.</translation>
    </message>
</context>
<context>
    <name>ChallengeView</name>
    <message>
        <source>Continuing…</source>
        <translation>Continuando…</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Con&amp;tinuar</translation>
    </message>
    <message>
        <source>&amp;Start over</source>
        <translation>Empezar &amp;de nuevo</translation>
    </message>
</context>
<context>
    <name>ChangePasswordView</name>
    <message>
        <source>Change password</source>
        <translation>Cambiar contraseña</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Cambiando…</translation>
    </message>
    <message>
        <source>Cu&amp;rrent password</source>
        <translation>&amp;Contraseña actual</translation>
    </message>
    <message>
        <source>&amp;Change password</source>
        <translation>Ca&amp;mbiar contraseña</translation>
    </message>
    <message>
        <source>From now on, sign in with your new password.</source>
        <translation>A partir de ahora, inicie sesión con su contraseña nueva.</translation>
    </message>
    <message>
        <source>&amp;Back to profile</source>
        <translation>&amp;Volver al perfil</translation>
    </message>
    <message>
        <source>Your password was changed</source>
        <translation>Su contraseña se cambió</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Bloq Mayús está activado</translation>
    </message>
    <message>
        <source>A password never begins or ends with a space.</source>
        <translation>Una contraseña nunca empieza ni termina con un espacio.</translation>
    </message>
    <message>
        <source>That is too long for a password.</source>
        <translation>Es demasiado larga para una contraseña.</translation>
    </message>
    <message>
        <source>Enter your current password.</source>
        <translation>Escriba su contraseña actual.</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>--sign-in: this is no email address.</source>
        <translation>--sign-in: esto no es un correo electrónico.</translation>
    </message>
    <message>
        <source>The report cannot be written to {path}.</source>
        <translation>No se puede escribir el informe en {path}.</translation>
    </message>
    <message>
        <source>The report cannot be written.</source>
        <translation>No se puede escribir el informe.</translation>
    </message>
    <message>
        <source>Password of {email}: </source>
        <translation>Contraseña de {email}: </translation>
    </message>
    <message>
        <source>--sign-in asks for the password on a terminal, and there is none.</source>
        <translation>--sign-in pide la contraseña en una terminal, y no hay ninguna.</translation>
    </message>
    <message>
        <source>No password was typed.</source>
        <translation>No se escribió ninguna contraseña.</translation>
    </message>
    <message>
        <source>email and password</source>
        <translation>correo y contraseña</translation>
    </message>
    <message>
        <source>identity token</source>
        <translation>token de identidad</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>identidad</translation>
    </message>
    <message>
        <source>access</source>
        <translation>acceso</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>secreto</translation>
    </message>
    <message>
        <source>FileMaker: product</source>
        <translation>FileMaker: producto</translation>
    </message>
    <message>
        <source>FileMaker: session</source>
        <translation>FileMaker: sesión</translation>
    </message>
    <message>
        <source>find without escapes</source>
        <translation>búsqueda sin escapes</translation>
    </message>
    <message>
        <source>find with escapes</source>
        <translation>búsqueda con escapes</translation>
    </message>
    <message>
        <source>time of a sign-in</source>
        <translation>duración de un inicio de sesión</translation>
    </message>
    <message>
        <source>escapes</source>
        <translation>caracteres de escape</translation>
    </message>
    <message>
        <source>record</source>
        <translation>registro</translation>
    </message>
    <message>
        <source>base table</source>
        <translation>tabla base</translation>
    </message>
    <message>
        <source>FileMaker: session ended</source>
        <translation>FileMaker: sesión cerrada</translation>
    </message>
    <message>
        <source>tokens revoked</source>
        <translation>tokens revocados</translation>
    </message>
    <message>
        <source>{seconds} s; the limit is {limit} s.</source>
        <translation>{seconds} s; el límite es de {limit} s.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>se desconoce</translation>
    </message>
    <message>
        <source>code {code}: {found} found, {returned} returned, {exact} exactly the address</source>
        <translation>código {code}: encontrados {found}, recibidos {returned}, con el correo exacto {exact}</translation>
    </message>
    <message>
        <source>one record, this person&apos;s</source>
        <translation>un registro, el de esta persona</translation>
    </message>
    <message>
        <source>LastLoginTime is missing; the time of a sign-in is not written.</source>
        <translation>Falta LastLoginTime; no se anota la hora del inicio de sesión.</translation>
    </message>
    <message>
        <source>LastLoginTime is there ({type})</source>
        <translation>LastLoginTime está ({type})</translation>
    </message>
    <message>
        <source>both layouts show {table}</source>
        <translation>las dos presentaciones muestran {table}</translation>
    </message>
    <message>
        <source>the layouts show different tables ({users}, {login}); the time of a sign-in is not written.</source>
        <translation>las presentaciones muestran tablas distintas ({users}, {login}); no se anota la hora del inicio de sesión.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>listo</translation>
    </message>
    <message>
        <source>missing on the layout: {names}.</source>
        <translation>faltan en la presentación: {names}.</translation>
    </message>
    <message>
        <source>every field is there</source>
        <translation>están todos los campos</translation>
    </message>
    <message>
        <source>not settled: neither find gave this address</source>
        <translation>sin decidir: ninguna búsqueda dio este correo</translation>
    </message>
    <message>
        <source>not obeyed by this server; the application searches once more without them.</source>
        <translation>este servidor no los respeta; la aplicación busca otra vez sin ellos.</translation>
    </message>
    <message>
        <source>obeyed: without them more records are found</source>
        <translation>respetados: sin ellos se encuentran más registros</translation>
    </message>
    <message>
        <source>obeyed, as far as this address shows</source>
        <translation>respetados, hasta donde este correo lo muestra</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>BIEN</translation>
    </message>
    <message>
        <source>NOTE</source>
        <translation>NOTA</translation>
    </message>
    <message>
        <source>WARNING</source>
        <translation>AVISO</translation>
    </message>
    <message>
        <source>FAILURE</source>
        <translation>FALLA</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Este equipo</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Servidores</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Servicios</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Inicio de sesión</translation>
    </message>
    <message>
        <source>operating system</source>
        <translation>sistema operativo</translation>
    </message>
    <message>
        <source>user&apos;s file</source>
        <translation>archivo del usuario</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>política</translation>
    </message>
    <message>
        <source>variables</source>
        <translation>variables de entorno</translation>
    </message>
    <message>
        <source>log</source>
        <translation>bitácora</translation>
    </message>
    <message>
        <source>keyring</source>
        <translation>llavero</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>reloj</translation>
    </message>
    <message>
        <source>A sign-in cannot work on this computer. See the lines marked FAILURE.</source>
        <translation>En este equipo no se puede iniciar sesión. Vea las líneas marcadas con FALLA.</translation>
    </message>
    <message>
        <source>A sign-in works on this computer.</source>
        <translation>En este equipo el inicio de sesión funciona.</translation>
    </message>
    <message>
        <source>A sign-in can work on this computer, as far as it could be looked at: see the line marked WARNING under Sign-in.</source>
        <translation>En este equipo se puede iniciar sesión, hasta donde se pudo revisar: vea la línea marcada con AVISO en «Inicio de sesión».</translation>
    </message>
    <message>
        <source>A sign-in can work on this computer, as far as that shows without a password.</source>
        <translation>En este equipo se puede iniciar sesión, hasta donde se ve sin una contraseña.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nombre</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>conexión</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>respuesta</translation>
    </message>
    <message>
        <source>{path} (there is none)</source>
        <translation>{path} (no existe)</translation>
    </message>
    <message>
        <source>not read: {names}</source>
        <translation>no se leen: {names}</translation>
    </message>
    <message>
        <source>{path} cannot be written; there is no log.</source>
        <translation>No se puede escribir en {path}; no hay bitácora.</translation>
    </message>
    <message numerus="yes">
        <source>{protocol}; certificate {certificate}, issued by {issuer}, until {expires} (%n day(s) left)</source>
        <translation>
            <numerusform>{protocol}; certificado {certificate}, emitido por {issuer}, hasta {expires} (queda %n día)</numerusform>
            <numerusform>{protocol}; certificado {certificate}, emitido por {issuer}, hasta {expires} (quedan %n días)</numerusform>
        </translation>
    </message>
    <message>
        <source>not settled without signing in (--sign-in EMAIL)</source>
        <translation>no se sabe sin iniciar sesión (--sign-in CORREO)</translation>
    </message>
    <message>
        <source>its host is known only from the secret: not settled without signing in</source>
        <translation>su servidor se conoce solo por el secreto: no se sabe sin iniciar sesión</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(ninguno)</translation>
    </message>
    <message>
        <source>(set, not shown)</source>
        <translation>(hay uno, no se muestra)</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>predeterminado</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>entorno</translation>
    </message>
    <message>
        <source>ignored: only the policy may say it.</source>
        <translation>se ignora: solo la política lo decide.</translation>
    </message>
    <message>
        <source>ignored: on a clinic&apos;s machine only the policy may say it.</source>
        <translation>se ignora: en un equipo de la clínica solo la política lo decide.</translation>
    </message>
    <message>
        <source>ignored: {source} stands over it.</source>
        <translation>se ignora: vale {source}.</translation>
    </message>
    <message>
        <source>the environment</source>
        <translation>lo que dice el entorno</translation>
    </message>
    <message>
        <source>empty: counts as not said.</source>
        <translation>vacía: es como si no existiera.</translation>
    </message>
    <message>
        <source>ignored: there is no such variable.</source>
        <translation>se ignora: no existe esa variable.</translation>
    </message>
    <message>
        <source>not used: this machine is a kiosk</source>
        <translation>no se usa: este equipo es un quiosco</translation>
    </message>
    <message>
        <source>no answer within {seconds} s (locked?); the email is not remembered.</source>
        <translation>sin respuesta en {seconds} s (¿bloqueado?); el correo no se recuerda.</translation>
    </message>
    <message>
        <source>{backend} answers</source>
        <translation>{backend} responde</translation>
    </message>
    <message>
        <source>{host}, without a proxy</source>
        <translation>{host}, sin proxy</translation>
    </message>
    <message>
        <source>{host}, through {proxy}</source>
        <translation>{host}, por {proxy}</translation>
    </message>
    <message>
        <source>{addresses} (the proxy&apos;s; it looks up the host)</source>
        <translation>{addresses} (del proxy; él busca el servidor)</translation>
    </message>
    <message>
        <source>{address} in {milliseconds} ms</source>
        <translation>{address} en {milliseconds} ms</translation>
    </message>
    <message>
        <source>the service answered, as it does without a sign-in ({code})</source>
        <translation>el servicio respondió, como lo hace sin iniciar sesión ({code})</translation>
    </message>
    <message>
        <source>not used: the address is this computer&apos;s own (http)</source>
        <translation>no se usa: la dirección es de este equipo (http)</translation>
    </message>
    <message>
        <source>not compared: no answer was dated</source>
        <translation>sin comparar: ninguna respuesta traía fecha</translation>
    </message>
    <message>
        <source>the same as the services&apos;</source>
        <translation>igual que el de los servicios</translation>
    </message>
    <message>
        <source>{seconds} s ahead of the services</source>
        <translation>adelantado {seconds} s respecto a los servicios</translation>
    </message>
    <message>
        <source>{seconds} s behind the services</source>
        <translation>atrasado {seconds} s respecto a los servicios</translation>
    </message>
    <message>
        <source>; the application reckons with it. Correct the clock.</source>
        <translation>; la aplicación lo toma en cuenta. Corrija el reloj.</translation>
    </message>
    <message>
        <source>known to the service</source>
        <translation>el servicio lo conoce</translation>
    </message>
    <message>
        <source>The service knows no such id.</source>
        <translation>El servicio no conoce este identificador.</translation>
    </message>
    <message>
        <source>The client has a secret; cognito_client_secret is not set.</source>
        <translation>El cliente tiene un secreto; falta cognito_client_secret.</translation>
    </message>
    <message>
        <source>The client&apos;s secret is wrong (cognito_client_secret).</source>
        <translation>El secreto del cliente no es correcto (cognito_client_secret).</translation>
    </message>
    <message>
        <source>The client has no secret; cognito_client_secret must be empty.</source>
        <translation>El cliente no tiene secreto; cognito_client_secret debe quedar vacío.</translation>
    </message>
    <message>
        <source>known to the service, but it does not know this user pool as its own; sign in to settle it</source>
        <translation>el servicio lo conoce, pero no reconoce este grupo de usuarios como suyo; inicie sesión para saberlo</translation>
    </message>
    <message>
        <source>the password is never sent, only a proof that it is known</source>
        <translation>la contraseña nunca se envía, solo una prueba de que se conoce</translation>
    </message>
    <message>
        <source>the person may choose another way than the password</source>
        <translation>la persona puede elegir una forma distinta de la contraseña</translation>
    </message>
    <message>
        <source>the password is never sent, only a proof; then the pool asks questions of its own</source>
        <translation>la contraseña nunca se envía, solo una prueba; después el servicio hace sus propias preguntas</translation>
    </message>
    <message>
        <source>the password is sent inside TLS</source>
        <translation>la contraseña se envía dentro de TLS</translation>
    </message>
    <message>
        <source>{flow}: the client does not allow it (ALLOW_{flow}).</source>
        <translation>{flow}: el cliente no lo permite (ALLOW_{flow}).</translation>
    </message>
    <message>
        <source>right; then the window asks for a new password, and for: {names}</source>
        <translation>correctos; después la ventana pide una contraseña nueva, y además: {names}</translation>
    </message>
    <message>
        <source>right; then the window asks for a new password</source>
        <translation>correctos; después la ventana pide una contraseña nueva</translation>
    </message>
    <message>
        <source>right; then the window asks for a code from the authenticator app</source>
        <translation>correctos; después la ventana pide un código de la aplicación de autenticación</translation>
    </message>
    <message>
        <source>taken; a code was sent ({way}), and the window asks for it</source>
        <translation>aceptados; se envió un código ({way}) y la ventana lo pide</translation>
    </message>
    <message>
        <source>right; then the window asks how to verify that it is this person: {ways}</source>
        <translation>correctos; después la ventana pregunta cómo verificar que es esa persona: {ways}</translation>
    </message>
    <message>
        <source>right; then the window asks to set up two-step verification: {ways}</source>
        <translation>correctos; después la ventana pide configurar la verificación en dos pasos: {ways}</translation>
    </message>
    <message>
        <source>the password was not looked at; the window asks how to sign in: {ways}</source>
        <translation>la contraseña no se revisó; la ventana pregunta cómo iniciar sesión: {ways}</translation>
    </message>
    <message>
        <source>the password was not looked at; the window asks for it</source>
        <translation>la contraseña no se revisó; la ventana la pide</translation>
    </message>
    <message>
        <source>right; then the window asks to set up an authenticator app</source>
        <translation>correctos; después la ventana pide configurar una aplicación de autenticación</translation>
    </message>
    <message>
        <source>right; then the window asks for an email address for codes</source>
        <translation>correctos; después la ventana pide un correo electrónico para los códigos</translation>
    </message>
    <message>
        <source>taken; then the window asks a question of the clinic&apos;s own</source>
        <translation>aceptados; después la ventana hace una pregunta propia de la clínica</translation>
    </message>
    <message>
        <source>authenticator app</source>
        <translation>aplicación de autenticación</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>email</source>
        <translation>correo electrónico</translation>
    </message>
    <message>
        <source>password</source>
        <translation>contraseña</translation>
    </message>
</context>
<context>
    <name>ChoiceForm</name>
    <message>
        <source>Set up two-step verification</source>
        <translation>Configure la verificación en dos pasos</translation>
    </message>
    <message>
        <source>How do you want to verify?</source>
        <translation>¿Cómo desea verificar su identidad?</translation>
    </message>
    <message>
        <source>Your account needs a second step. Choose one.</source>
        <translation>Su cuenta necesita un segundo paso. Elija uno.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un momento…</translation>
    </message>
</context>
<context>
    <name>CodeForm</name>
    <message>
        <source>Enter the verification code</source>
        <translation>Escriba el código de verificación</translation>
    </message>
    <message>
        <source>Open your authenticator app.</source>
        <translation>Abra su aplicación de autenticación.</translation>
    </message>
    <message>
        <source>We sent a code to {destination}.</source>
        <translation>Enviamos un código a {destination}.</translation>
    </message>
    <message>
        <source>We sent a code to your email.</source>
        <translation>Enviamos un código a su correo.</translation>
    </message>
    <message>
        <source>We sent a code to your phone.</source>
        <translation>Enviamos un código a su teléfono.</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>&amp;Código de verificación</translation>
    </message>
    <message>
        <source>No code yet? It can take a minute. Start over to get a new one.</source>
        <translation>¿No llega? Puede tardar un minuto. Empiece de nuevo para pedir otro.</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>Escriba el código.</translation>
    </message>
</context>
<context>
    <name>ConfirmAccountView</name>
    <message>
        <source>Verify your email</source>
        <translation>Verifique su correo</translation>
    </message>
    <message>
        <source>Continuing…</source>
        <translation>Continuando…</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Con&amp;tinuar</translation>
    </message>
    <message>
        <source>&amp;Start over</source>
        <translation>Empezar &amp;de nuevo</translation>
    </message>
    <message>
        <source>We sent a code to {destination}.</source>
        <translation>Enviamos un código a {destination}.</translation>
    </message>
    <message>
        <source>We sent a code to your email.</source>
        <translation>Enviamos un código a su correo.</translation>
    </message>
    <message>
        <source>We are sending you a code…</source>
        <translation>Le estamos enviando un código…</translation>
    </message>
    <message>
        <source>Ask for a new code to go on.</source>
        <translation>Pida otro código para continuar.</translation>
    </message>
</context>
<context>
    <name>CoverView</name>
    <message>
        <source>Signing out…</source>
        <translation>Cerrando sesión…</translation>
    </message>
    <message>
        <source>Checking your session…</source>
        <translation>Verificando su sesión…</translation>
    </message>
    <message>
        <source>This screen is protected.</source>
        <translation>Esta pantalla está protegida.</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Con&amp;tinuar</translation>
    </message>
</context>
<context>
    <name>CustomForm</name>
    <message>
        <source>Answer the question</source>
        <translation>Responda la pregunta</translation>
    </message>
    <message>
        <source>Your clinic asks for one more answer.</source>
        <translation>Su clínica pide una respuesta más.</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Respuesta</translation>
    </message>
    <message>
        <source>Enter your answer.</source>
        <translation>Escriba su respuesta.</translation>
    </message>
</context>
<context>
    <name>EmailForm</name>
    <message>
        <source>Set up two-step verification</source>
        <translation>Configure la verificación en dos pasos</translation>
    </message>
    <message>
        <source>Each time you sign in, we will send a code to this address.</source>
        <translation>Cada vez que inicie sesión, enviaremos un código a esta dirección.</translation>
    </message>
    <message>
        <source>&amp;Email</source>
        <translation>Correo &amp;electrónico</translation>
    </message>
    <message>
        <source>Enter your email.</source>
        <translation>Escriba su correo.</translation>
    </message>
</context>
<context>
    <name>Factors</name>
    <message>
        <source>Authenticator app</source>
        <translation>Aplicación de autenticación</translation>
    </message>
    <message>
        <source>Text message (SMS)</source>
        <translation>Mensaje de texto (SMS)</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Type the code that the app on your phone shows.</source>
        <translation>Escriba el código que muestra la aplicación de su teléfono.</translation>
    </message>
    <message>
        <source>We send a code to your phone.</source>
        <translation>Enviamos un código a su teléfono.</translation>
    </message>
    <message>
        <source>We send a code to your email.</source>
        <translation>Enviamos un código a su correo.</translation>
    </message>
    <message>
        <source>Type the password of your account.</source>
        <translation>Escriba la contraseña de su cuenta.</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Buscar</translation>
    </message>
    <message>
        <source>&amp;About {product}</source>
        <translation>&amp;Acerca de {product}</translation>
    </message>
    <message>
        <source>Nothing found. Try other words, or ask Support.</source>
        <translation>No se encontró nada. Pruebe con otras palabras o pregunte a Soporte.</translation>
    </message>
    <message>
        <source>What to do: {advice}</source>
        <translation>Qué hacer: {advice}</translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s)</source>
        <translation>
            <numerusform>%n tema</numerusform>
            <numerusform>%n temas</numerusform>
        </translation>
    </message>
    <message>
        <source>On the screen now</source>
        <translation>Ahora en la pantalla</translation>
    </message>
</context>
<context>
    <name>HowTo</name>
    <message>
        <source>How to</source>
        <translation>Cómo se hace</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Type your email and your password and press Enter. The five steps say how far it is; Escape cancels. The eye in the field shows what you type, until you go on.</source>
        <translation>Escriba su correo y su contraseña y presione Entrar. Los cinco pasos indican cuánto falta; Escape cancela. El ojo del campo muestra lo que escribe, hasta que usted continúe.</translation>
    </message>
    <message>
        <source>If you forgot your password</source>
        <translation>Si olvidó su contraseña</translation>
    </message>
    <message>
        <source>Choose “Forgot password?” below the password. A code is sent to your email or phone; type it together with a new password. Whoever has no access to either asks Support.</source>
        <translation>Elija «¿Olvidó su contraseña?», debajo de la contraseña. Se envía un código a su correo o teléfono; escríbalo junto con una contraseña nueva. Quien no tenga acceso a ninguno de los dos pregunta a Soporte.</translation>
    </message>
    <message>
        <source>Two-step verification</source>
        <translation>Verificación en dos pasos</translation>
    </message>
    <message>
        <source>Besides the password, a code from an app on your phone proves that it is you. You set it up from your profile, or while signing in if your account requires it: scan the picture with the app, or type the key, then the code that the app shows.</source>
        <translation>Además de la contraseña, un código de una aplicación de su teléfono demuestra que es usted. Se configura desde su perfil, o al iniciar sesión si su cuenta lo exige: escanee la imagen con la aplicación o escriba la clave, y después el código que muestra la aplicación.</translation>
    </message>
    <message>
        <source>Use the keyboard</source>
        <translation>Usar el teclado</translation>
    </message>
    <message>
        <source>Tab and Shift+Tab: from one control to the next, and back.</source>
        <translation>Tab y Mayús+Tab: de un control al siguiente, y al anterior.</translation>
    </message>
    <message>
        <source>Enter or Space: press the button that has the focus.</source>
        <translation>Entrar o Espacio: presionar el botón que tiene el foco.</translation>
    </message>
    <message>
        <source>Escape: cancel, go back, or close this help.</source>
        <translation>Escape: cancelar, volver o cerrar esta ayuda.</translation>
    </message>
    <message>
        <source>{keys}: open this help.</source>
        <translation>{keys}: abrir esta ayuda.</translation>
    </message>
    <message>
        <source>{keys}: choose the language.</source>
        <translation>{keys}: elegir el idioma.</translation>
    </message>
    <message>
        <source>{keys}: close the window.</source>
        <translation>{keys}: cerrar la ventana.</translation>
    </message>
    <message>
        <source>Alt and a letter: what has that letter underlined. Hold Alt down to see the letters.</source>
        <translation>Alt y una letra: lo que tiene esa letra subrayada. Mantenga presionada Alt para ver las letras.</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>You will be signed out in {seconds} s because nobody is using this computer.</source>
        <translation>Su sesión se cerrará en {seconds} s porque nadie está usando este equipo.</translation>
    </message>
    <message>
        <source>Are you still there?</source>
        <translation>¿Sigue usted ahí?</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Tiempo restante</translation>
    </message>
    <message>
        <source>Stay signed &amp;in</source>
        <translation>Mantener &amp;la sesión</translation>
    </message>
    <message>
        <source>Sign &amp;out now</source>
        <translation>Cerrar &amp;sesión ahora</translation>
    </message>
</context>
<context>
    <name>KeyboardButton</name>
    <message>
        <source>On-screen keyboard</source>
        <translation>Teclado en pantalla</translation>
    </message>
    <message>
        <source>The on-screen keyboard of this computer does not open. Use its own keyboard.</source>
        <translation>El teclado en pantalla de este equipo no se abre. Use el teclado del equipo.</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>English</source>
        <comment>the name of this very language, in its own words</comment>
        <translation>Español</translation>
    </message>
</context>
<context>
    <name>LoginView</name>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sesión…</translation>
    </message>
    <message>
        <source>&amp;Email</source>
        <translation>Correo &amp;electrónico</translation>
    </message>
    <message>
        <source>&amp;Remember me</source>
        <translation>&amp;Recordarme</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>&amp;Mantener la sesión iniciada</translation>
    </message>
    <message>
        <source>&amp;Forgot password?</source>
        <translation>¿&amp;Olvidó su contraseña?</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>&amp;Iniciar sesión</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>Ca&amp;ncelar</translation>
    </message>
    <message>
        <source>Enter your email.</source>
        <translation>Escriba su correo.</translation>
    </message>
    <message>
        <source>Your email is verified. You can sign in now.</source>
        <translation>Su correo está verificado. Ya puede iniciar sesión.</translation>
    </message>
    <message>
        <source>You can try again.</source>
        <translation>Ya puede intentarlo de nuevo.</translation>
    </message>
</context>
<context>
    <name>MarkedList</name>
    <message>
        <source>not yet</source>
        <translation>pendiente</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>done</source>
        <translation>listo</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Ref. {reference}</source>
        <translation>Ref. {reference}</translation>
    </message>
    <message>
        <source>The service did not answer. Your password may have changed: try the new one.</source>
        <translation>El servicio no respondió. Es posible que su contraseña ya haya cambiado: pruebe la nueva.</translation>
    </message>
    <message>
        <source>more characters</source>
        <translation>más caracteres</translation>
    </message>
    <message>
        <source>an uppercase letter</source>
        <translation>una mayúscula</translation>
    </message>
    <message>
        <source>a lowercase letter</source>
        <translation>una minúscula</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>un número</translation>
    </message>
    <message>
        <source>a symbol</source>
        <translation>un símbolo</translation>
    </message>
    <message>
        <source>no space at either end</source>
        <translation>sin espacios en los extremos</translation>
    </message>
    <message>
        <source>Incorrect email or password.</source>
        <translation>Correo o contraseña incorrectos.</translation>
    </message>
    <message>
        <source>Too many attempts. Wait {seconds} s and try again.</source>
        <translation>Demasiados intentos. Espere {seconds} s e intente de nuevo.</translation>
    </message>
    <message>
        <source>Too many attempts. Wait a few minutes and try again.</source>
        <translation>Demasiados intentos. Espere unos minutos e intente de nuevo.</translation>
    </message>
    <message>
        <source>Please verify your email address.</source>
        <translation>Verifique su correo electrónico.</translation>
    </message>
    <message>
        <source>Your password must be reset.</source>
        <translation>Debe restablecer su contraseña.</translation>
    </message>
    <message>
        <source>Your account is not active. Contact Support.</source>
        <translation>Su cuenta no está activa. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>Your temporary password has expired. Contact Support for a new one.</source>
        <translation>Su contraseña temporal venció. Pida otra a Soporte.</translation>
    </message>
    <message>
        <source>Your account has no email address. Contact Support.</source>
        <translation>Su cuenta no tiene correo. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>Your email address is not verified. Contact Support.</source>
        <translation>Su correo no está verificado. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>You could not be signed in. Try again, or contact Support ({reference}).</source>
        <translation>No se pudo iniciar sesión. Intente de nuevo o contacte a Soporte ({reference}).</translation>
    </message>
    <message>
        <source>User not found in the system.</source>
        <translation>Usuario no encontrado en el sistema.</translation>
    </message>
    <message>
        <source>Your account belongs to another company.</source>
        <translation>Su cuenta pertenece a otra empresa.</translation>
    </message>
    <message>
        <source>Your email is registered more than once. Contact Support.</source>
        <translation>Su correo está registrado más de una vez. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>Your account has no access to this application.</source>
        <translation>Su cuenta no tiene acceso a esta aplicación.</translation>
    </message>
    <message>
        <source>Your account asks for a verification not offered here ({code}). Contact Support.</source>
        <translation>Su cuenta pide una verificación que aquí no se ofrece ({code}). Contacte a Soporte.</translation>
    </message>
    <message>
        <source>The time to answer ran out. Sign in again.</source>
        <translation>Se agotó el tiempo para responder. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>This verification is no longer valid. Sign in again.</source>
        <translation>Esta verificación ya no es válida. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>Your answer was not accepted. Try again.</source>
        <translation>Su respuesta no fue aceptada. Intente de nuevo.</translation>
    </message>
    <message>
        <source>This way to verify is not set up in your account. Use another one, or contact Support.</source>
        <translation>Su cuenta no tiene configurada esta forma de verificación. Use otra o contacte a Soporte.</translation>
    </message>
    <message>
        <source>Your details were not accepted. Correct them and try again.</source>
        <translation>Sus datos no fueron aceptados. Corríjalos e intente de nuevo.</translation>
    </message>
    <message>
        <source>The clinic&apos;s system says: {said}</source>
        <translation>El sistema de la clínica dice: {said}</translation>
    </message>
    <message>
        <source>The clinic&apos;s system did not allow this. Contact Support.</source>
        <translation>El sistema de la clínica no lo permitió. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>The clinic&apos;s system could not check this. Try again, or contact Support.</source>
        <translation>El sistema de la clínica no pudo verificarlo. Intente de nuevo o contacte a Soporte.</translation>
    </message>
    <message>
        <source>Another account already uses this email or phone number. Contact Support.</source>
        <translation>Otra cuenta ya usa este correo o teléfono. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>Invalid verification code.</source>
        <translation>Código de verificación incorrecto.</translation>
    </message>
    <message>
        <source>The code has expired. Ask for a new one.</source>
        <translation>El código venció. Pida uno nuevo.</translation>
    </message>
    <message>
        <source>Code already used. Wait for the next code in your app.</source>
        <translation>Código ya usado. Espere el siguiente en su aplicación.</translation>
    </message>
    <message>
        <source>This code is too old. Start over to get another one.</source>
        <translation>Este código es demasiado antiguo. Empiece de nuevo para recibir otro.</translation>
    </message>
    <message>
        <source>The code could not be sent. Try again, or contact Support.</source>
        <translation>No se pudo enviar el código. Intente de nuevo o contacte a Soporte.</translation>
    </message>
    <message>
        <source>Too many attempts. Try again in about an hour.</source>
        <translation>Demasiados intentos. Intente de nuevo en una hora, más o menos.</translation>
    </message>
    <message>
        <source>Your temporary password has not been used yet. Sign in with the one in your invitation.</source>
        <translation>Aún no ha usado su contraseña temporal. Inicie sesión con la de su invitación.</translation>
    </message>
    <message>
        <source>Your account has no verified email or phone to send a code to. Contact Support.</source>
        <translation>Su cuenta no tiene un correo o teléfono verificado para enviar un código. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>The password does not meet the requirements: {rules}.</source>
        <translation>La contraseña no cumple los requisitos: {rules}.</translation>
    </message>
    <message>
        <source>The password does not meet the requirements.</source>
        <translation>La contraseña no cumple los requisitos.</translation>
    </message>
    <message>
        <source>You have used this password before. Choose another one.</source>
        <translation>Ya usó esta contraseña antes. Elija otra.</translation>
    </message>
    <message>
        <source>This password has become known in a data leak. Choose another one.</source>
        <translation>Esta contraseña apareció en una filtración de datos. Elija otra.</translation>
    </message>
    <message>
        <source>The current password is incorrect. Type it again.</source>
        <translation>La contraseña actual es incorrecta. Escríbala de nuevo.</translation>
    </message>
    <message>
        <source>Your account requires two-step verification. You can set up another app, but not turn it off.</source>
        <translation>Su cuenta exige la verificación en dos pasos. Puede cambiar de aplicación, pero no desactivarla.</translation>
    </message>
    <message>
        <source>Two-step verification with an app is not offered for your account. Contact Support.</source>
        <translation>Su cuenta no permite la verificación en dos pasos con una aplicación. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>No connection. Check the network and try again.</source>
        <translation>Sin conexión. Revise la red e intente de nuevo.</translation>
    </message>
    <message>
        <source>The service is not responding. Try again.</source>
        <translation>El servicio no responde. Intente de nuevo.</translation>
    </message>
    <message>
        <source>The connection is not secure ({code}).</source>
        <translation>La conexión no es segura ({code}).</translation>
    </message>
    <message>
        <source>This network inspects connections with a certificate this computer does not trust ({code}).</source>
        <translation>Esta red inspecciona las conexiones con un certificado en el que este equipo no confía ({code}).</translation>
    </message>
    <message>
        <source>This network asks you to sign in on its own page first.</source>
        <translation>Esta red pide registrarse primero en su propia página.</translation>
    </message>
    <message>
        <source>The network&apos;s proxy asks for a user name and password. Contact your IT team.</source>
        <translation>El proxy de la red pide usuario y contraseña. Contacte a Sistemas.</translation>
    </message>
    <message>
        <source>The request was blocked. Contact Support ({reference}).</source>
        <translation>La solicitud fue bloqueada. Contacte a Soporte ({reference}).</translation>
    </message>
    <message>
        <source>The service is busy. Wait {seconds} s and try again.</source>
        <translation>El servicio está ocupado. Espere {seconds} s e intente de nuevo.</translation>
    </message>
    <message>
        <source>The service is busy. Try again in a moment.</source>
        <translation>El servicio está ocupado. Intente de nuevo en un momento.</translation>
    </message>
    <message>
        <source>FileMaker has no free connection. Try again in a few minutes.</source>
        <translation>FileMaker no tiene conexiones libres. Intente de nuevo en unos minutos.</translation>
    </message>
    <message>
        <source>FileMaker is not available ({code}). Try again in a few minutes.</source>
        <translation>FileMaker no está disponible ({code}). Intente de nuevo en unos minutos.</translation>
    </message>
    <message>
        <source>The service gave an unexpected answer. Try again ({reference}).</source>
        <translation>El servicio dio una respuesta inesperada. Intente de nuevo ({reference}).</translation>
    </message>
    <message>
        <source>Configuration error {code}. Contact Support.</source>
        <translation>Error de configuración {code}. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong. Correct it and try again.</source>
        <translation>La hora de este equipo es incorrecta. Corríjala e intente de nuevo.</translation>
    </message>
    <message>
        <source>The setting {code} is not valid. Contact Support.</source>
        <translation>El ajuste {code} no es válido. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>The settings in {code} cannot be read. Contact Support.</source>
        <translation>No se pueden leer los ajustes de {code}. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>This computer will not remember your email.</source>
        <translation>Este equipo no recordará su correo.</translation>
    </message>
    <message>
        <source>Sign-in was cancelled.</source>
        <translation>Se canceló el inicio de sesión.</translation>
    </message>
    <message>
        <source>Your session has ended. Sign in again.</source>
        <translation>Su sesión terminó. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>You were signed out because nobody used this computer.</source>
        <translation>Su sesión se cerró porque nadie usaba este equipo.</translation>
    </message>
    <message>
        <source>You have been signed in for as long as is allowed. Sign in again.</source>
        <translation>Su sesión duró el tiempo máximo permitido. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>You were signed out because the screen was locked.</source>
        <translation>Su sesión se cerró porque la pantalla se bloqueó.</translation>
    </message>
    <message>
        <source>Your session could not be restored. Sign in again.</source>
        <translation>No se pudo restaurar su sesión. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>This computer will not keep you signed in.</source>
        <translation>Este equipo no mantendrá su sesión iniciada.</translation>
    </message>
    <message>
        <source>You are signed out, but this computer could not forget your session. Contact Support.</source>
        <translation>Su sesión se cerró, pero este equipo no pudo olvidarla. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>You are signed out here. The server could not be told: there your session ends by itself when it expires.</source>
        <translation>Su sesión se cerró aquí. No se pudo avisar al servidor: allí se cerrará sola al vencer.</translation>
    </message>
    <message>
        <source>You are signed out here, but not on your other computers. Sign in and try again.</source>
        <translation>Su sesión se cerró aquí, pero no en los demás equipos. Inicie sesión e intente de nuevo.</translation>
    </message>
    <message>
        <source>The service does not offer what the application asked for. Contact Support.</source>
        <translation>El servicio no ofrece lo que la aplicación pidió. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>An error of the application. Contact Support ({reference}).</source>
        <translation>Error de la aplicación. Contacte a Soporte ({reference}).</translation>
    </message>
</context>
<context>
    <name>NewPasswordFields</name>
    <message>
        <source>Enter your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>Passwords do not match.</source>
        <translation>Las contraseñas no coinciden.</translation>
    </message>
    <message>
        <source>&amp;New password</source>
        <translation>&amp;Nueva contraseña</translation>
    </message>
    <message>
        <source>Confirm &amp;password</source>
        <translation>Con&amp;firmar contraseña</translation>
    </message>
    <message>
        <source>That is too long for a password.</source>
        <translation>Es demasiado largo para una contraseña.</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Bloq Mayús está activado</translation>
    </message>
</context>
<context>
    <name>NewPasswordView</name>
    <message>
        <source>Choose a new password</source>
        <translation>Elija una contraseña nueva</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Con&amp;tinuar</translation>
    </message>
    <message>
        <source>&amp;Start over</source>
        <translation>Empezar &amp;de nuevo</translation>
    </message>
    <message>
        <source>Continuing…</source>
        <translation>Continuando…</translation>
    </message>
</context>
<context>
    <name>PasswordChangedView</name>
    <message>
        <source>Your password was changed</source>
        <translation>Su contraseña se cambió</translation>
    </message>
    <message>
        <source>You can now sign in with your new password.</source>
        <translation>Ya puede iniciar sesión con su contraseña nueva.</translation>
    </message>
    <message>
        <source>&amp;Back to sign in</source>
        <translation>&amp;Volver a iniciar sesión</translation>
    </message>
</context>
<context>
    <name>PasswordEdit</name>
    <message>
        <source>Paste</source>
        <translation>Pegar</translation>
    </message>
    <message>
        <source>Hide password</source>
        <translation>Ocultar contraseña</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Mostrar contraseña</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Enter your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Contraseña</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Bloq Mayús está activado</translation>
    </message>
    <message>
        <source>A password never begins or ends with a space.</source>
        <translation>Una contraseña nunca empieza ni termina con un espacio.</translation>
    </message>
    <message>
        <source>Leave it empty to sign in without a password.</source>
        <translation>Déjela vacía para iniciar sesión sin contraseña.</translation>
    </message>
    <message>
        <source>That is too long for a password.</source>
        <translation>Es demasiado larga para una contraseña.</translation>
    </message>
</context>
<context>
    <name>PasswordForm</name>
    <message>
        <source>Enter your password</source>
        <translation>Escriba su contraseña</translation>
    </message>
</context>
<context>
    <name>ProfileView</name>
    <message>
        <source>Profile</source>
        <translation>Perfil</translation>
    </message>
    <message>
        <source>&amp;Change password</source>
        <translation>Ca&amp;mbiar contraseña</translation>
    </message>
    <message>
        <source>&amp;Two-step verification</source>
        <translation>&amp;Verificación en dos pasos</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>Ce&amp;rrar sesión</translation>
    </message>
    <message>
        <source>Sign out &amp;everywhere</source>
        <translation>&amp;Cerrar sesión en todos los equipos</translation>
    </message>
    <message>
        <source>Switch &amp;user</source>
        <translation>Cambiar &amp;de usuario</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Copy email</source>
        <translation>Copiar correo electrónico</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Tipo de usuario</translation>
    </message>
    <message>
        <source>Copy user type</source>
        <translation>Copiar tipo de usuario</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Empresa</translation>
    </message>
    <message>
        <source>Copy company</source>
        <translation>Copiar empresa</translation>
    </message>
    <message>
        <source>Clinic</source>
        <translation>Clínica</translation>
    </message>
    <message>
        <source>Copy clinic</source>
        <translation>Copiar clínica</translation>
    </message>
    <message>
        <source>Username</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Copy username</source>
        <translation>Copiar usuario</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>Copy phone</source>
        <translation>Copiar teléfono</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Fecha de registro</translation>
    </message>
    <message>
        <source>Copy registration date</source>
        <translation>Copiar fecha de registro</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Copy status</source>
        <translation>Copiar estado</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrador</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Activo</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inactivo</translation>
    </message>
    <message>
        <source>Company {number}</source>
        <translation>Empresa {number}</translation>
    </message>
    <message>
        <source>MMMM d, yyyy</source>
        <comment>a date, in the letters of QLocale.toString</comment>
        <translation>d &apos;de&apos; MMMM &apos;de&apos; yyyy</translation>
    </message>
</context>
<context>
    <name>QrCode</name>
    <message>
        <source>QR code</source>
        <translation>Código QR</translation>
    </message>
    <message>
        <source>It holds the same key as the text that follows.</source>
        <translation>Contiene la misma clave que el texto que sigue.</translation>
    </message>
</context>
<context>
    <name>ResendLink</name>
    <message>
        <source>Send a ne&amp;w code ({seconds} s)</source>
        <translation>&amp;Enviar otro código ({seconds} s)</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Enviando…</translation>
    </message>
    <message>
        <source>Send a ne&amp;w code</source>
        <translation>&amp;Enviar otro código</translation>
    </message>
    <message>
        <source>You can ask for another code in {seconds} s.</source>
        <translation>Puede pedir otro código en {seconds} s.</translation>
    </message>
</context>
<context>
    <name>ResetCodeView</name>
    <message>
        <source>Enter the verification code</source>
        <translation>Escriba el código de verificación</translation>
    </message>
    <message>
        <source>Resetting…</source>
        <translation>Restableciendo…</translation>
    </message>
    <message>
        <source>&amp;Reset password</source>
        <translation>&amp;Restablecer contraseña</translation>
    </message>
    <message>
        <source>&amp;Use a different email</source>
        <translation>&amp;Usar otro correo</translation>
    </message>
    <message>
        <source>&amp;Back to sign in</source>
        <translation>&amp;Volver a iniciar sesión</translation>
    </message>
    <message>
        <source>We sent a code to {destination}.</source>
        <translation>Enviamos un código a {destination}.</translation>
    </message>
    <message>
        <source>your registered address</source>
        <translation>su dirección registrada</translation>
    </message>
    <message>
        <source>If an account exists for {email}, we sent a code to {destination}.</source>
        <translation>Si existe una cuenta para {email}, enviamos un código a {destination}.</translation>
    </message>
    <message>
        <source>its registered address</source>
        <translation>su dirección registrada</translation>
    </message>
</context>
<context>
    <name>ResetPasswordView</name>
    <message>
        <source>Reset password</source>
        <translation>Restablecer contraseña</translation>
    </message>
    <message>
        <source>&amp;Email</source>
        <translation>Correo &amp;electrónico</translation>
    </message>
    <message>
        <source>&amp;Send code</source>
        <translation>Enviar &amp;código</translation>
    </message>
    <message>
        <source>&amp;Back to sign in</source>
        <translation>&amp;Volver a iniciar sesión</translation>
    </message>
    <message>
        <source>Enter your email to receive a verification code.</source>
        <translation>Escriba su correo para recibir un código de verificación.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Enviando…</translation>
    </message>
    <message>
        <source>Enter your email.</source>
        <translation>Escriba su correo.</translation>
    </message>
    <message>
        <source>We are sending you a code…</source>
        <translation>Le estamos enviando un código…</translation>
    </message>
</context>
<context>
    <name>RestoringView</name>
    <message>
        <source>Opening your session…</source>
        <translation>Abriendo su sesión…</translation>
    </message>
    <message>
        <source>Could not open your session</source>
        <translation>No se pudo abrir su sesión</translation>
    </message>
</context>
<context>
    <name>RuleList</name>
    <message>
        <source>The password needs</source>
        <translation>La contraseña necesita</translation>
    </message>
    <message>
        <source>At least {count} characters</source>
        <translation>Al menos {count} caracteres</translation>
    </message>
    <message>
        <source>An uppercase letter</source>
        <translation>Una letra mayúscula</translation>
    </message>
    <message>
        <source>A lowercase letter</source>
        <translation>Una letra minúscula</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>Un número</translation>
    </message>
    <message>
        <source>A symbol</source>
        <translation>Un símbolo</translation>
    </message>
    <message>
        <source>No space at either end</source>
        <translation>Sin espacios en los extremos</translation>
    </message>
</context>
<context>
    <name>SentCodeView</name>
    <message>
        <source>&amp;Verification code</source>
        <translation>&amp;Código de verificación</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>Escriba el código.</translation>
    </message>
</context>
<context>
    <name>SessionFacts</name>
    <message>
        <source>Signed in</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>Last sign-in</source>
        <translation>Último acceso</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>Reconectando…</translation>
    </message>
    <message>
        <source>MMM d, yyyy</source>
        <comment>a day and its year, likewise</comment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>MMM d</source>
        <comment>a day, in the letters of QLocale.toString</comment>
        <translation>d MMM</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Checking your password</source>
        <translation>Verificando su contraseña</translation>
    </message>
    <message>
        <source>Getting access</source>
        <translation>Obteniendo acceso</translation>
    </message>
    <message>
        <source>Reading the configuration</source>
        <translation>Leyendo la configuración</translation>
    </message>
    <message>
        <source>Connecting to FileMaker</source>
        <translation>Conectando con FileMaker</translation>
    </message>
    <message>
        <source>Finding your record</source>
        <translation>Buscando su registro</translation>
    </message>
</context>
<context>
    <name>TimeLeft</name>
    <message>
        <source>You have {seconds} s to answer.</source>
        <translation>Tiene {seconds} s para responder.</translation>
    </message>
    <message>
        <source>You have {minutes} min {seconds} s to answer.</source>
        <translation>Tiene {minutes} min {seconds} s para responder.</translation>
    </message>
    <message>
        <source>Time left: {time}</source>
        <translation>Tiempo restante: {time}</translation>
    </message>
    <message>
        <source>Only {seconds} s are left to answer.</source>
        <translation>Solo quedan {seconds} s para responder.</translation>
    </message>
    <message>
        <source>“Start over” gives you more time and keeps your email.</source>
        <translation>«Empezar de nuevo» le da más tiempo y conserva su correo.</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>Appearance</source>
        <translation>Apariencia</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Alto contraste</translation>
    </message>
</context>
<context>
    <name>TwoStep</name>
    <message>
        <source>It is off. To sign in, your password is enough.</source>
        <translation>Está desactivada. Para iniciar sesión basta su contraseña.</translation>
    </message>
    <message>
        <source>It is on. To sign in, you also need a code:</source>
        <translation>Está activada. Para iniciar sesión también necesita un código:</translation>
    </message>
    <message>
        <source>{factor} (asked for first)</source>
        <translation>{factor} (se pide primero)</translation>
    </message>
    <message>
        <source>Turn off the codes of your authenticator app? The other codes stay on.</source>
        <translation>¿Desactivar los códigos de su aplicación de autenticación? Los otros códigos siguen activados.</translation>
    </message>
    <message>
        <source>Turn off the codes of your authenticator app? Then your password will be enough to sign in.</source>
        <translation>¿Desactivar los códigos de su aplicación de autenticación? Para iniciar sesión bastará entonces su contraseña.</translation>
    </message>
</context>
<context>
    <name>TwoStepView</name>
    <message>
        <source>Scan this code with your authenticator app, or type the key.</source>
        <translation>Escanee este código con su aplicación de autenticación o escriba la clave.</translation>
    </message>
    <message>
        <source>With two-step verification nobody can sign in with a stolen password alone.</source>
        <translation>Con la verificación en dos pasos, una contraseña robada no basta para iniciar sesión.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Intentar &amp;de nuevo</translation>
    </message>
    <message>
        <source>&amp;Set up an app</source>
        <translation>&amp;Configurar una aplicación</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Con&amp;tinuar</translation>
    </message>
    <message>
        <source>&amp;Turn off…</source>
        <translation>&amp;Desactivar…</translation>
    </message>
    <message>
        <source>&amp;Turn off</source>
        <translation>&amp;Desactivar</translation>
    </message>
    <message>
        <source>&amp;Keep it on</source>
        <translation>&amp;No desactivar</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>Ca&amp;ncelar</translation>
    </message>
    <message>
        <source>&amp;Back to profile</source>
        <translation>&amp;Volver al perfil</translation>
    </message>
    <message>
        <source>Continuing…</source>
        <translation>Continuando…</translation>
    </message>
    <message>
        <source>&amp;Use another app</source>
        <translation>&amp;Usar otra aplicación</translation>
    </message>
    <message>
        <source>Turning off…</source>
        <translation>Desactivando…</translation>
    </message>
    <message>
        <source>Set up two-step verification</source>
        <translation>Configure la verificación en dos pasos</translation>
    </message>
    <message>
        <source>Two-step verification</source>
        <translation>Verificación en dos pasos</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un momento…</translation>
    </message>
    <message>
        <source>Reading your settings…</source>
        <translation>Consultando su configuración…</translation>
    </message>
</context>
<context>
    <name>UnavailableView</name>
    <message>
        <source>This computer is not set up yet</source>
        <translation>Este equipo aún no está configurado</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Cerrar</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>Personal computer</source>
        <translation>Equipo personal</translation>
    </message>
    <message>
        <source>Shared computer</source>
        <translation>Equipo compartido</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>Quiosco</translation>
    </message>
</context>
<context>
    <name>WaitingView</name>
    <message>
        <source>&amp;Try again</source>
        <translation>Intentar &amp;de nuevo</translation>
    </message>
    <message>
        <source>&amp;Sign in with password</source>
        <translation>&amp;Iniciar sesión con contraseña</translation>
    </message>
</context>
</TS>
