"""A cloud that is not the demo's: moto as it comes, without the demo's rules, and another database.

What moto does not offer (RevokeToken, GetTokensFromRefreshToken) it answers with HTTP 500 and a page.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer

from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.server import FileMakerServer

REGION = "us-west-2"
USERNAME = "Zoé.Ibáñez@otra.example"
PASSWORD = "Otra-Clave-2026"
DATABASE = "Otra Clínica"
ACCOUNT, ACCOUNT_PASSWORD = "otra_api", "Contraseña-ñandú"
DOCUMENT = {
    "databases": [
        {
            "name": DATABASE,
            "tables": [
                {
                    "name": "Personal",
                    "fields": [
                        {"name": "idUsuario", "result": "number"},
                        {"name": "nombreCompleto", "result": "text"},
                        {"name": "Email", "result": "text", "language": "Spanish"},
                        {"name": "idEmpresa", "result": "text"},
                        {"name": "tipo", "result": "text"},
                        {"name": "LastLoginTime", "result": "text"},
                    ],
                    "records": [
                        {
                            "idUsuario": 77,
                            "nombreCompleto": "Zoé Ibáñez",
                            "Email": "zoé.ibáñez@otra.example",
                            "idEmpresa": "4",
                            "tipo": "",
                        }
                    ],
                }
            ],
            "layouts": [
                {
                    "name": "@Usuarios",
                    "table": "Personal",
                    "fields": ["idUsuario", "nombreCompleto", "Email", "idEmpresa", "tipo"],
                },
                {"name": "_webappSalesContacts", "table": "Personal", "fields": ["LastLoginTime"]},
            ],
        }
    ]
}


@dataclass(frozen=True)
class OtherCloud:
    """Its variables, and its FileMaker server."""

    environment: dict[str, str]
    filemaker: FileMakerServer


@contextmanager
def other_cloud() -> Iterator[OtherCloud]:
    """Run it in this process until the block ends."""
    document = Document.from_json(json.dumps(DOCUMENT))
    with FileMakerServer(document, account=ACCOUNT, password=ACCOUNT_PASSWORD) as filemaker:
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        moto.start()
        host, port = moto.get_host_and_port()
        url = f"http://{host}:{port}"
        try:
            yield OtherCloud(_seeded(url, filemaker.base_url(DATABASE)), filemaker)
        finally:
            moto.stop()


def _seeded(url: str, base_url: str) -> dict[str, str]:
    def client(service: str) -> Any:
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=url,
            aws_access_key_id="made-up",
            aws_secret_access_key="made-up",
            config=Config(proxies={}, ignore_configured_endpoint_urls=True),
        )

    users = client("cognito-idp")
    pool = users.create_user_pool(
        PoolName="otra",
        Schema=[{"Name": "customerId", "AttributeDataType": "String", "Mutable": True}],
    )["UserPool"]["Id"]
    app = users.create_user_pool_client(
        UserPoolId=pool,
        ClientName="otra",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        ReadAttributes=["email", "email_verified", "custom:customerId"],
    )["UserPoolClient"]["ClientId"]
    users.admin_create_user(
        UserPoolId=pool,
        Username=USERNAME,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": USERNAME},
            {"Name": "email_verified", "Value": "true"},
            {"Name": "custom:customerId", "Value": "4"},
        ],
    )
    users.admin_set_user_password(UserPoolId=pool, Username=USERNAME, Password=PASSWORD, Permanent=True)
    identity_pool = client("cognito-identity").create_identity_pool(
        IdentityPoolName="otra", AllowUnauthenticatedIdentities=False
    )["IdentityPoolId"]
    secret = {"baseUrl": base_url, "username": ACCOUNT, "password": ACCOUNT_PASSWORD}
    client("secretsmanager").create_secret(Name="Otra/FileMaker", SecretString=json.dumps(secret))
    return {
        "INGENES_AWS_REGION": REGION,
        "INGENES_COGNITO_USER_POOL_ID": pool,
        "INGENES_COGNITO_CLIENT_ID": app,
        "INGENES_COGNITO_IDENTITY_POOL_ID": identity_pool,
        "INGENES_FILEMAKER_SECRET_NAME": "Otra/FileMaker",
        "INGENES_ENDPOINT_COGNITO_IDP": url,
        "INGENES_ENDPOINT_COGNITO_IDENTITY": url,
        "INGENES_ENDPOINT_SECRETS_MANAGER": url,
    }
